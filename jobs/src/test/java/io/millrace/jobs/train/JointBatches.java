package io.millrace.jobs.train;

import io.millrace.jobs.averaging.Rounds;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.engine.Learner;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
          images.put(batch.floats(Minibatch.IMAGES).values());
          targets.put(batch.floats(Minibatch.TARGETS).values());
          ids.addAll(batch.ids());
        }
      }
    }
    FloatTensor all = new FloatTensor(images.flip(), size, 3, 32, 32);
    FloatTensor wanted = new FloatTensor(targets.flip(), size, classes);
    return new Minibatch(ids, Map.of(Minibatch.IMAGES, all, Minibatch.TARGETS, wanted));
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
