package io.millrace.jobs.averaging;

import io.millrace.jobs.feed.Examples;
import io.millrace.jobs.learner.LearnerSpec;
import java.io.Serializable;
import java.util.Map;

/**
 * Consecutive epochs over one set of examples.
 *
 * @param epochs how many, above 0; of 2.5 epochs, the last is trained by half
 * @param examples of each epoch
 * @param rounds of each whole epoch
 * @param validation the examples to measure after each epoch; empty ones are not measured
 * @param learner what is trained; the learners of all phases of a training have the same tensors,
 *     except an optimiser's
 * @param rates factors of the learning rate by group of layers; 1 where a group is not named, 0
 *     freezes its weights (running statistics still change)
 */
public record TrainingPhase(
    double epochs,
    Examples examples,
    Rounds rounds,
    Examples validation,
    LearnerSpec learner,
    Map<String, Double> rates)
    implements Serializable {
  /**
   * @throws IllegalArgumentException if it has no epochs, or a rate is negative or names no group
   */
  public TrainingPhase {
    if (!(epochs > 0)) {
      throw new IllegalArgumentException(
          "Cannot train a phase of " + epochs + " epochs: give a number above 0");
    }
    rates = Map.copyOf(rates);
    rates.forEach(
        (group, factor) -> {
          if (!learner.groupNames().contains(group) || !(factor >= 0) || factor.isInfinite()) {
            throw new IllegalArgumentException(
                "Cannot train group %s at %s times the learning rate: there are the groups %s, and a factor is 0 or more"
                    .formatted(group, factor, learner.groupNames()));
          }
        });
  }

  /** With one learning rate for all layers. */
  public TrainingPhase(
      double epochs, Examples examples, Rounds rounds, Examples validation, LearnerSpec learner) {
    this(epochs, examples, rounds, validation, learner, Map.of());
  }

  /** How many epochs begin in it; a partial last epoch counts as one. */
  public int epochsBegun() {
    return (int) Math.ceil(epochs);
  }

  /**
   * The rounds of one of its epochs.
   *
   * @param epoch of the phase, counted from 0
   */
  public Rounds rounds(int epoch) {
    double left = epochs - epoch;
    return left >= 1 ? rounds : rounds.part(left);
  }

  /** Rounds of all its epochs. */
  public int roundsInAll() {
    int whole = Math.multiplyExact(rounds.perEpoch(), (int) epochs);
    return isWhole() ? whole : Math.addExact(whole, lastRounds().perEpoch());
  }

  /** Examples of all its epochs, each as often as it is seen. */
  long examplesInAll() {
    long whole = Math.multiplyExact(rounds.examples(), (long) epochs);
    return isWhole() ? whole : Math.addExact(whole, lastRounds().examples());
  }

  /** Examples that a worker takes in so many of its rounds, from the first one on. */
  long examples(int worker, int ofRounds) {
    int perEpoch = rounds.perEpoch();
    int epoch = Math.min(ofRounds / perEpoch, epochsBegun() - 1);
    long first = rounds.from(worker, 0);
    long inEpoch = rounds.from(worker, perEpoch) - first;
    return epoch * inEpoch + rounds(epoch).from(worker, ofRounds - epoch * perEpoch) - first;
  }

  private boolean isWhole() {
    return epochs == Math.rint(epochs);
  }

  private Rounds lastRounds() {
    return rounds(epochsBegun() - 1);
  }
}
