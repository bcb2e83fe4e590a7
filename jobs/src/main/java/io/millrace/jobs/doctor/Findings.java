package io.millrace.jobs.doctor;

import io.millrace.pipeline.text.Amounts;
import java.util.List;
import java.util.function.Predicate;

/**
 * The results of a check-up.
 *
 * @param rates one of each part, in the order of {@link PictureStep}
 * @param workers of the training
 * @param atOnce workers that were measured at once
 * @param threads that decode, augment and assemble for each worker
 * @param waiting share of a worker's time that it waited for its feed, 0..1
 * @param costliest the transform that takes most
 */
public record Findings(
    List<PartRate> rates, int workers, int atOnce, int threads, double waiting, String costliest) {
  /** From this share of waiting on, the feed limits the training. */
  private static final double NOTABLE = 0.02;

  /** Images a second of a part. */
  public double rate(PictureStep part) {
    return rates.stream()
        .filter(it -> it.part() == part)
        .findFirst()
        .orElseThrow()
        .imagesPerSecond();
  }

  /**
   * Images a second that a worker's feed can make; reading goes on at the same time as the other
   * parts.
   */
  public double feed() {
    double making =
        1
            / (1 / rate(PictureStep.DECODE)
                + 1 / rate(PictureStep.AUGMENT)
                + 1 / rate(PictureStep.ASSEMBLE));
    return Math.min(rate(PictureStep.READ), threads * making);
  }

  /** The slowest part, which limits the training. */
  public PictureStep bottleneck() {
    // Pictures kept from epoch to epoch need not be read or decoded again, so only the waiting time
    // tells.
    if (feed() >= rate(PictureStep.TRAIN) || waiting <= NOTABLE) {
      return PictureStep.TRAIN;
    }
    if (rate(PictureStep.READ) <= feed()) {
      return PictureStep.READ;
    }
    return rates.stream()
        .map(PartRate::part)
        .filter(Predicate.not(List.of(PictureStep.READ, PictureStep.TRAIN)::contains))
        .min((one, other) -> Double.compare(rate(one), rate(other)))
        .orElseThrow();
  }

  /** One sentence: which part limits the training and what to change. */
  public String sentence() {
    PictureStep part = bottleneck();
    String pace =
        (part == PictureStep.TRAIN && feed() < rate(PictureStep.TRAIN)
                ? "a worker trains %s and hardly waits for its feed, which makes %s,"
                    + " and more of pictures that it keeps from epoch to epoch"
                : "a worker trains %s and its feed can make %s")
            .formatted(Amounts.rate(rate(PictureStep.TRAIN), "images"), Amounts.decimal(feed(), 0));
    return switch (part) {
      case TRAIN ->
          "Training itself is the slowest part: "
              + pace
              + "; for a faster run take more workers on more cores, a smaller network or a GPU"
              + (waiting > NOTABLE
                  ? " (workers still waited "
                      + Amounts.percent(waiting, 0)
                      + " of the time, since they share the processors with their feeds)"
                  : "")
              + ".";
      case READ ->
          "Reading is the slowest part: "
              + pace
              + "; give the feed memory for the shards (feed.memory), or put them on a faster"
              + " disk.";
      case DECODE ->
          "Decoding is the slowest part: "
              + pace
              + "; store smaller pictures with an augment stage (pyramid = [..]), keep decoded"
              + " pixels (feed.pixels = disk), or give each worker more cores (feed.threads).";
      case AUGMENT ->
          "Augmentation is the slowest part ("
              + costliest
              + "): "
              + pace
              + "; give each worker more cores (feed.threads), or write the variants once with an"
              + " augment stage.";
      case ASSEMBLE ->
          "Assembling minibatches is the slowest part: "
              + pace
              + "; give each worker more cores (feed.threads).";
    };
  }
}
