package io.millrace.jobs.averaging;

import io.millrace.jobs.engine.NamedTensor;
import io.millrace.jobs.engine.Role;
import io.millrace.jobs.engine.State;
import io.millrace.jobs.feed.FeedTimes;
import java.util.List;
import java.util.Random;

/** What two workers bring back of a network with 1.23 million weights. */
final class TwoWorkers {
  private static final int WEIGHTS = 1_230_000;

  private TwoWorkers() {}

  static List<WorkerRound> results() {
    return List.of(worker(1, 512), worker(2, 500));
  }

  private static WorkerRound worker(long seed, long images) {
    List<NamedTensor> tensors =
        List.of(tensor("weight", Role.TRAINABLE, seed), tensor("momentum", Role.AVERAGE, -seed));
    return new WorkerRound(images, 1, 0, null, new State(tensors), 1, 1, FeedTimes.NONE);
  }

  private static NamedTensor tensor(String name, Role role, long seed) {
    Random random = new Random(seed);
    float[] values = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      values[i] = random.nextFloat();
    }
    return new NamedTensor(name, new int[] {WEIGHTS}, role, values);
  }
}
