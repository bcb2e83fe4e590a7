package io.millrace.jobs.train;

import io.millrace.jobs.augment.TransformGallery;
import io.millrace.jobs.augment.TransformRows;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.transform.Levels;
import java.io.IOException;
import java.util.Optional;

/**
 * The parameters and inputs of a phase of a training.
 *
 * @param epochs that it lasts
 * @param parameters as they are in it
 * @param dataset of its pictures
 * @param statistics that normalise them
 */
record PhaseInputs(
    double epochs, TrainParameters parameters, Dataset dataset, Statistics statistics) {
  /**
   * Opens the inputs.
   *
   * @throws io.millrace.pipeline.CannotException if there is no readable dataset or no statistics
   */
  static PhaseInputs open(double epochs, TrainParameters parameters) {
    return new PhaseInputs(
        epochs,
        parameters,
        Dataset.open(JobFiles.uri(parameters.shards().text())),
        Statistics.open(JobFiles.uri(parameters.stats().text())));
  }

  /** What each of its transforms does to a few of its pictures; empty if it has none. */
  Optional<TransformRows> transforms() throws IOException {
    if (parameters.augment().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        TransformGallery.eachAlone(
            dataset,
            dataset.shards(parameters.split()),
            parameters.augment(),
            Levels.of(statistics),
            parameters.seed()));
  }
}
