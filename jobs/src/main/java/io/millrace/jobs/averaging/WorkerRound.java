package io.millrace.jobs.averaging;

import io.millrace.jobs.feed.FeedTimes;
import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.tensor.State;
import io.millrace.pipeline.CannotException;
import java.io.Serializable;

/**
 * What a worker brings back from a round.
 *
 * @param images that it fitted; 0 if its part of the epoch was over
 * @param lossSum of the minibatches' mean losses times their images; not finite when it diverged
 * @param correct images whose likeliest class was the true one, each before its step
 * @param last hyper-parameters of its last step; null without images
 * @param state after the round; null without images, when it diverged, and where an engine's own
 *     library averages
 * @param seconds that its steps took, with waiting for them
 * @param stepSeconds that its steps took alone
 * @param feed where its feed's time went
 * @param refusal what a user must act on; null if there is nothing. Handed over rather than thrown:
 *     Spark would try again what can't go well
 */
public record WorkerRound(
    long images,
    double lossSum,
    long correct,
    Hyper last,
    State state,
    double seconds,
    double stepSeconds,
    FeedTimes feed,
    CannotException refusal)
    implements Serializable {
  static WorkerRound idle() {
    return refused(null);
  }

  static WorkerRound refused(CannotException why) {
    return new WorkerRound(0, 0, 0, null, null, 0, 0, FeedTimes.NONE, why);
  }

  /** Whether its loss is no number any more. */
  public boolean diverged() {
    return !Double.isFinite(lossSum);
  }
}
