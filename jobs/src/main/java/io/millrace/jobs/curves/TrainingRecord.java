package io.millrace.jobs.curves;

import java.util.ArrayList;
import java.util.List;

/**
 * How a training went, as {@code record.json} holds it.
 *
 * @param rounds all rounds so far
 * @param epochs all finished epochs
 */
public record TrainingRecord(List<Round> rounds, List<Epoch> epochs) {
  /** Its file in the model's artifact. */
  public static final String FILE = "record.json";

  /** Before the first round. */
  public static TrainingRecord empty() {
    return new TrainingRecord(new ArrayList<>(), new ArrayList<>());
  }

  /** The mean loss of the images of an epoch, counted from 1. */
  public double loss(int epoch) {
    double sum = 0;
    long images = 0;
    for (Round round : rounds) {
      if (round.epoch() == epoch) {
        sum += round.loss() * round.images();
        images += round.images();
      }
    }
    return images == 0 ? Double.NaN : sum / images;
  }

  /** The share of an epoch's images that were guessed, 0..1; null if that wasn't counted. */
  public Double accuracy(int epoch) {
    double sum = 0;
    long images = 0;
    for (Round round : rounds) {
      if (round.epoch() == epoch) {
        if (round.accuracy() == null) {
          return null;
        }
        sum += round.accuracy() * round.images();
        images += round.images();
      }
    }
    return images == 0 ? null : sum / images;
  }

  /** The number of an epoch's last round. */
  int lastRound(int epoch) {
    return rounds.stream()
        .filter(round -> round.epoch() == epoch)
        .mapToInt(Round::round)
        .max()
        .orElseThrow();
  }

  /** What an epoch took, with its checkpoints and validation. */
  double seconds(Epoch epoch) {
    double seconds = epoch.validationSeconds() == null ? 0 : epoch.validationSeconds();
    for (Round round : rounds) {
      if (round.epoch() == epoch.epoch()) {
        seconds += round.seconds() + (round.times() == null ? 0 : round.times().checkpoint());
      }
    }
    return seconds;
  }

  /** Images a second over all rounds. */
  public double imagesPerSecond() {
    long images = rounds.stream().mapToLong(Round::images).sum();
    return images / rounds.stream().mapToDouble(Round::seconds).sum();
  }

  /**
   * One round.
   *
   * @param epoch counted from 1
   * @param round of the whole training, counted from 1
   * @param images that all workers fitted
   * @param loss mean over these images, in nats
   * @param learningRate of the last step
   * @param momentum of the last step
   * @param seconds with averaging, by the clock
   * @param workerImagesPerSecond of each worker's own steps
   * @param accuracy share of these images whose likeliest class was the true one, each before its
   *     step, in training mode, 0..1; null where an older version trained
   * @param times where the time went; null where an older version trained
   */
  public record Round(
      int epoch,
      int round,
      long images,
      double loss,
      double learningRate,
      double momentum,
      double seconds,
      List<Double> workerImagesPerSecond,
      Double accuracy,
      RoundTimes times) {
    public Round {
      workerImagesPerSecond =
          workerImagesPerSecond == null ? List.of() : List.copyOf(workerImagesPerSecond);
    }

    Round withCheckpoint(double checkpointSeconds) {
      return new Round(
          epoch,
          round,
          images,
          loss,
          learningRate,
          momentum,
          seconds,
          workerImagesPerSecond,
          accuracy,
          times == null ? null : times.withCheckpoint(checkpointSeconds));
    }
  }

  /**
   * One epoch.
   *
   * @param epoch counted from 1
   * @param loss mean over its training images, each before its step, in nats
   * @param accuracy over its training images, as {@link Round#accuracy}
   * @param validationLoss on the validation view; null if there is none
   * @param validationAccuracy on the validation view, 0..1; null if there is none
   * @param validationSeconds that the validation took, by the clock; null if there was none
   */
  public record Epoch(
      int epoch,
      double loss,
      Double accuracy,
      Double validationLoss,
      Double validationAccuracy,
      Double validationSeconds) {}
}
