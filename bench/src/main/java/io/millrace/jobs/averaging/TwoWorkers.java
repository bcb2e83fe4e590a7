package io.millrace.jobs.averaging;

import io.millrace.jobs.feed.FeedTimes;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import java.util.List;
import java.util.Random;

/** The results of two workers for a network with 1.23 million weights. */
final class TwoWorkers {
  private static final int WEIGHTS = 1_230_000;

  private TwoWorkers() {}

  /** The state that both began with. */
  static TrainingState before() {
    return TrainingState.first(worker(0, 1).state(), 2);
  }

  static List<WorkerRound> results() {
    return List.of(worker(1, 512), worker(2, 500));
  }

  private static WorkerRound worker(long seed, long images) {
    List<NamedTensor> tensors =
        List.of(tensor("weight", Role.TRAINABLE, seed), tensor("momentum", Role.AVERAGE, -seed));
    return new WorkerRound(
        images,
        Measures.of(images, "loss", 1),
        new Hyper(0, 0),
        new State(tensors),
        1,
        1,
        FeedTimes.NONE);
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
