package io.millrace.jobs.train;

import io.millrace.jobs.engine.State;
import io.millrace.jobs.schedule.Hyper;
import io.millrace.pipeline.CannotException;
import java.io.Serializable;

/**
 * What a worker brings back from a round.
 *
 * @param images that it fitted; 0 if its part of the epoch was over
 * @param lossSum of the minibatches' mean losses times their images; not finite when it diverged
 * @param last hyper-parameters of its last step; null without images
 * @param state after the round; null without images and when it diverged
 * @param seconds that its steps took
 * @param refusal what a user must act on; null if there is nothing. Handed over rather than thrown:
 *     Spark would try again what can't go well
 */
record WorkerRound(
    long images, double lossSum, Hyper last, State state, double seconds, CannotException refusal)
    implements Serializable {
  static WorkerRound idle() {
    return new WorkerRound(0, 0, null, null, 0, null);
  }

  static WorkerRound refused(CannotException why) {
    return new WorkerRound(0, 0, null, null, 0, why);
  }

  boolean diverged() {
    return !Double.isFinite(lossSum);
  }
}
