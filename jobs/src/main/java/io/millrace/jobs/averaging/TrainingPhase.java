package io.millrace.jobs.averaging;

import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.order.View;
import java.io.Serializable;

/**
 * Epochs in a row over one dataset at one size.
 *
 * @param epochs how many, at least 1
 * @param recipe of their minibatches
 * @param rounds of each epoch
 * @param validation the view to measure after each epoch; an empty one is not measured
 * @param trainee what is trained: the same tensors in every phase of a training
 */
public record TrainingPhase(
    int epochs, Recipe recipe, Rounds rounds, View validation, Trainee trainee)
    implements Serializable {
  /** Rounds of all its epochs. */
  public int roundsInAll() {
    return Math.multiplyExact(rounds.perEpoch(), epochs);
  }

  /** Images of all its epochs. */
  long imagesInAll() {
    return Math.multiplyExact(rounds.images(), (long) epochs);
  }

  /** Images that a worker takes in so many of its rounds, from the first one on. */
  long images(int worker, int ofRounds) {
    int perEpoch = rounds.perEpoch();
    long first = rounds.from(worker, 0);
    long inEpoch = rounds.from(worker, perEpoch) - first;
    return ofRounds / perEpoch * inEpoch + rounds.from(worker, ofRounds % perEpoch) - first;
  }
}
