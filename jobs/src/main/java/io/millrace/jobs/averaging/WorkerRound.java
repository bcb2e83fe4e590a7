package io.millrace.jobs.averaging;

import io.millrace.jobs.feed.FeedTimes;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.tensor.State;
import java.io.Serializable;

/**
 * What a worker brings back from a round.
 *
 * @param examples that it fitted; 0 if its part of the epoch was over
 * @param measures of these examples, each before its step; not finite when it diverged
 * @param last hyper-parameters of its last step; without meaning if it had no examples
 * @param state after the round; empty without examples, when it diverged, and where an engine's own
 *     library averages
 * @param seconds that its steps took, with waiting for them
 * @param stepSeconds that its steps took alone
 * @param feed where its feed's time went
 */
public record WorkerRound(
    long examples,
    Measures measures,
    Hyper last,
    State state,
    double seconds,
    double stepSeconds,
    FeedTimes feed)
    implements Serializable {
  static WorkerRound idle() {
    return new WorkerRound(0, Measures.NONE, new Hyper(0, 0), State.EMPTY, 0, 0, FeedTimes.NONE);
  }

  /** Whether one of its measures is no number any more. */
  public boolean diverged() {
    return !measures.areFinite();
  }
}
