package io.millrace.jobs.init;

import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Split;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the pictures are trained on and evaluated.
 *
 * @param split to train on
 * @param evaluated the split to evaluate on; empty if it is a validation view
 * @param seed that draws the validation view, too
 * @param fitted the network
 * @param workers whose weights are averaged
 * @param batch pictures in a worker's minibatch
 * @param every minibatches between two averagings
 * @param epochs that take a few minutes
 * @param percent of the pictures that are read: fewer than all where one epoch would take too long
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
  /** Share of the split that is kept where there is no other part to evaluate on, in percent. */
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
   * @param channels of the pictures as they reach the network
   */
  static Training of(Survey survey, int channels, MeasuredSizes.Size size) {
    Split split = trained(survey.counts()).orElseThrow();
    Optional<Split> evaluated = evaluated(survey.counts(), split);
    Survey.Count count = survey.counts().get(split);
    Fitted fitted = Fitted.to(channels, size.height(), size.width(), survey.classes().size());
    double epoch = fitted.seconds(count.pictures());
    int percent = epoch > EPOCH_SECONDS ? Math.max(1, (int) (ALL * EPOCH_SECONDS / epoch)) : ALL;
    long pictures = count.pictures() * percent / ALL;
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

  /** The training part, or else the largest that has labels. */
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

  /** The first seed that leaves few pictures on neither side of the validation view. */
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

  /** The highest learning rate: small minibatches have noisy gradients. */
  String rate() {
    return batch >= FEW ? "0.2" : batch > LEAST_STEPS ? "0.1" : "0.05";
  }

  /** {@code train}, {@code val}, {@code test} or {@code held-out}. */
  String evaluatedText() {
    return evaluated.map(Split::text).orElse("held-out");
  }
}
