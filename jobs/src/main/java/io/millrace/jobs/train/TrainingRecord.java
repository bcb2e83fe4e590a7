package io.millrace.jobs.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.List;

/**
 * How a training went, as {@code record.json} holds it.
 *
 * @param rounds all rounds so far
 * @param epochs all finished epochs
 */
record TrainingRecord(List<Round> rounds, List<Epoch> epochs) {
  /** JSON with keys in kebab-case. */
  static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .setSerializationInclusion(JsonInclude.Include.NON_NULL)
          .enable(SerializationFeature.INDENT_OUTPUT);

  static TrainingRecord empty() {
    return new TrainingRecord(new ArrayList<>(), new ArrayList<>());
  }

  /** The mean loss of the images of an epoch, counted from 1. */
  double loss(int epoch) {
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

  /** Images a second over all rounds. */
  double imagesPerSecond() {
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
   */
  record Round(
      int epoch,
      int round,
      long images,
      double loss,
      double learningRate,
      double momentum,
      double seconds,
      List<Double> workerImagesPerSecond) {}

  /**
   * One epoch.
   *
   * @param epoch counted from 1
   * @param loss mean over its training images, each before its step, in nats
   * @param validationLoss on the validation view; null if there is none
   * @param validationAccuracy on the validation view, 0..1; null if there is none
   */
  record Epoch(int epoch, double loss, Double validationLoss, Double validationAccuracy) {}
}
