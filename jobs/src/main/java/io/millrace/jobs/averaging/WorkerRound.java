package io.millrace.jobs.averaging;

import io.millrace.jobs.feed.FeedTimes;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.tensor.State;
import java.io.Serializable;

/**
 * A worker's result of a round.
 *
 * @param examples that it fitted; 0 if its part of the epoch was over
 * @param measures of these examples, each measured before its step; not finite if the worker
 *     diverged
 * @param last hyper-parameters of its last step; meaningless if it had no examples
 * @param state after the round; empty if it had no examples or diverged, and where an engine's own
 *     library averages
 * @param seconds that its steps took, including the wait for minibatches
 * @param stepSeconds that its steps alone took
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

  /** Whether one of its measures is not a finite number. */
  public boolean diverged() {
    return !measures.areFinite();
  }
}
