package io.millrace.jobs.train;

import io.millrace.jobs.averaging.Rounds;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.engine.Learner;
import io.millrace.jobs.engine.State;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.feed.Minibatch;
import io.millrace.jobs.feed.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Trains one learner on the minibatches of all workers put together, step by step. */
final class JointBatches {
  private JointBatches() {}

  static State trained(TrainingPlan plan) {
    Rounds rounds = plan.last().rounds();
    try (Learner learner = plan.last().trainee().learner()) {
      for (int round = 0; round < rounds.perEpoch(); round++) {
        learner.step(joint(plan, round), plan.hyper(0, round));
      }
      return learner.state();
    }
  }

  private static Minibatch joint(TrainingPlan plan, int round) {
    Rounds rounds = plan.last().rounds();
    int size = (int) rounds.inRound(round);
    int classes = plan.last().recipe().classes();
    FloatBuffer images = direct(size * plan.last().recipe().input().size());
    FloatBuffer targets = direct(size * classes);
    List<String> ids = new ArrayList<>();
    for (int worker = 0; worker < rounds.workers(); worker++) {
      long from = rounds.from(worker, round);
      try (Feed feed =
          Feed.training(plan.last().recipe(), 0, from, rounds.to(worker, round), rounds.batch())) {
        while (feed.hasNext()) {
          Minibatch batch = feed.next();
          images.put(batch.images().values());
          targets.put(batch.targets().orElseThrow().values());
          ids.addAll(batch.ids());
        }
      }
    }
    Tensor all = new Tensor(images.flip(), size, 3, 32, 32);
    Optional<Tensor> wanted = Optional.of(new Tensor(targets.flip(), size, classes));
    return new Minibatch(all, wanted, ids, new int[size]);
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
