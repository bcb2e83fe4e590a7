package io.millrace.jobs.averaging;

import io.millrace.jobs.engine.State;
import io.millrace.jobs.feed.FeedTimes;
import io.millrace.jobs.schedule.Hyper;
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
 */
public record WorkerRound(
    long images,
    double lossSum,
    long correct,
    Hyper last,
    State state,
    double seconds,
    double stepSeconds,
    FeedTimes feed)
    implements Serializable {
  static WorkerRound idle() {
    return new WorkerRound(0, 0, 0, null, null, 0, 0, FeedTimes.NONE);
  }

  /** Whether its loss is no number any more. */
  public boolean diverged() {
    return !Double.isFinite(lossSum);
  }
}
