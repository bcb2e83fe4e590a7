package io.millrace.jobs.init;

import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Split;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of training and evaluation.
 *
 * @param split to train on
 * @param evaluated the split to evaluate on; empty if it is the held-out pictures
 * @param seed of the training, which also chooses the held-out pictures
 * @param fitted the network
 * @param workers whose weights are averaged
 * @param batch pictures in a worker's minibatch
 * @param every minibatches of each worker before weights are averaged
 * @param epochs as many as take a few minutes
 * @param percent of the pictures that are read; fewer than all if one epoch would take too long
 */
record Training(
    Split split,
    Optional<Split> evaluated,
    long seed,
    Fitted fitted,
    int workers,
    int batch,
    int every,
    int epochs,
    int percent) {
  /** Share of the split that is held out if there is no other split to evaluate on, in percent. */
  static final int VALIDATION = 20;

  private static final int ALL = 100;
  private static final double PATIENCE_SECONDS = 180;
  private static final double EPOCH_SECONDS = 600;
  private static final int MOST_EPOCHS = 10;
  private static final int MOST_BATCH = 64;
  private static final int LEAST_BATCH = 4;
  private static final int LEAST_STEPS = 8;
  private static final int MOST_EVERY = 8;
  private static final int FEW = 32;
  private static final int SEEDS = 1000;

  /**
   * @param channels of the network's input
   */
  static Training of(Survey survey, int channels, MeasuredSizes.Size size) {
    Split split = trained(survey.counts()).orElseThrow();
    Optional<Split> evaluated = evaluated(survey.counts(), split);
    Survey.Count count = survey.counts().get(split);
    Fitted fitted = Fitted.to(channels, size.height(), size.width(), survey.classes().size());
    long readable = survey.readable(count);
    double epoch = fitted.seconds(readable);
    int percent = epoch > EPOCH_SECONDS ? Math.max(1, (int) (ALL * EPOCH_SECONDS / epoch)) : ALL;
    long pictures = readable * percent / ALL;
    pictures = evaluated.isPresent() ? pictures : pictures * (ALL - VALIDATION) / ALL;
    int workers = pictures < FEW ? 1 : 2;
    int batch = MOST_BATCH;
    while (batch > LEAST_BATCH && pictures < (long) batch * workers * LEAST_STEPS) {
      batch /= 2;
    }
    long steps = pictures / workers / batch;
    int epochs = (int) (PATIENCE_SECONDS / Math.max(1, fitted.seconds(pictures)));
    return new Training(
        split,
        evaluated,
        evaluated.isPresent() ? 1 : seed(count.ids()),
        fitted,
        workers,
        batch,
        (int) Math.max(1, Math.min(MOST_EVERY, steps / 2)),
        Math.max(1, Math.min(MOST_EPOCHS, epochs)),
        percent);
  }

  /** The split train, or else the largest split with labels. */
  static Optional<Split> trained(Map<Split, Survey.Count> counts) {
    Survey.Count train = counts.get(Split.TRAIN);
    if (train != null && train.labelled() > 0) {
      return Optional.of(Split.TRAIN);
    }
    return counts.keySet().stream()
        .filter(split -> counts.get(split).labelled() > 0)
        .max(Comparator.comparing(split -> counts.get(split).labelled()));
  }

  private static Optional<Split> evaluated(Map<Split, Survey.Count> counts, Split trained) {
    return List.of(Split.TEST, Split.VAL, Split.TRAIN).stream()
        .filter(split -> split != trained)
        .filter(split -> counts.containsKey(split) && counts.get(split).labelled() > 0)
        .findFirst();
  }

  /** The first seed with which neither training nor held-out pictures are too few. */
  private static long seed(List<String> ids) {
    for (int seed = 1; seed < SEEDS; seed++) {
      int drawn = seed;
      long kept =
          ids.stream()
              .filter(id -> View.isForValidation(id, (double) VALIDATION / ALL, drawn))
              .count();
      if (kept > 0 && kept < ids.size()) {
        return seed;
      }
    }
    return 1;
  }

  /** The highest learning rate: lower for small minibatches, whose gradients are noisy. */
  String rate() {
    return batch >= FEW ? "0.2" : batch > LEAST_STEPS ? "0.1" : "0.05";
  }

  /** {@code train}, {@code val}, {@code test} or {@code held-out}. */
  String evaluatedText() {
    return evaluated.map(Split::text).orElse("held-out");
  }
}
