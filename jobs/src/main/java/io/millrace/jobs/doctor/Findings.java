package io.millrace.jobs.doctor;

import io.millrace.pipeline.text.Amounts;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a check-up found.
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
  /** From here on a worker is held back by its feed. */
  private static final double NOTABLE = 0.02;

  /** Images a second of a part. */
  public double rate(PictureStep part) {
    return rates.stream()
        .filter(it -> it.part() == part)
        .findFirst()
        .orElseThrow()
        .imagesPerSecond();
  }

  /** Images a second that a worker's feed can make: reading goes on beside all else. */
  public double feed() {
    double making =
        1
            / (1 / rate(PictureStep.DECODE)
                + 1 / rate(PictureStep.AUGMENT)
                + 1 / rate(PictureStep.ASSEMBLE));
    return Math.min(rate(PictureStep.READ), threads * making);
  }

  /** The part that holds the run back. */
  public PictureStep bottleneck() {
    // What is kept from epoch to epoch need not be read or decoded again: waiting tells.
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

  /** What holds the run back and what to change, in one sentence. */
  public String sentence() {
    PictureStep part = bottleneck();
    String pace =
        (part == PictureStep.TRAIN && feed() < rate(PictureStep.TRAIN)
                ? "a worker trains %s and hardly waits for its feed, which makes %s"
                    + " and more of what it keeps from epoch to epoch"
                : "a worker trains %s and its feed can make %s")
            .formatted(Amounts.rate(rate(PictureStep.TRAIN), "images"), Amounts.decimal(feed(), 0));
    return switch (part) {
      case TRAIN ->
          "Training holds this run back: "
              + pace
              + "; for a quicker run take more workers on more cores, a smaller network or a GPU"
              + (waiting > NOTABLE
                  ? " ("
                      + Amounts.percent(waiting, 0)
                      + " of the time went to waiting all the same: the workers and their feeds"
                      + " share the processors)"
                  : "")
              + ".";
      case READ ->
          "Reading holds this run back: "
              + pace
              + "; give the feed memory for the shards (feed.memory), or lay them on a quicker"
              + " disk.";
      case DECODE ->
          "Decoding holds this run back: "
              + pace
              + "; let an augment stage store smaller pictures (pyramid = [..]), keep decoded"
              + " pixels (feed.pixels = disk), or give each worker more cores (feed.threads).";
      case AUGMENT ->
          "Augmentation holds this run back ("
              + costliest
              + "): "
              + pace
              + "; give each worker more cores (feed.threads), or let an augment stage write the"
              + " variants once.";
      case ASSEMBLE ->
          "Assembling minibatches holds this run back: "
              + pace
              + "; give each worker more cores (feed.threads).";
    };
  }
}
