package io.millrace.jobs.train;

import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.store.Digests;
import java.util.List;

/**
 * What a training is told and reads.
 *
 * @param parameters of the whole
 * @param phases in their order, at least one
 */
record TrainingInputs(TrainParameters parameters, List<PhaseInputs> phases) {
  private static final Location NOWHERE = new Location("");

  /**
   * Opens what it reads.
   *
   * @throws io.millrace.pipeline.CannotException if there is no readable dataset or no statistics
   */
  static TrainingInputs open(TrainParameters parameters) {
    return new TrainingInputs(
        parameters, List.of(PhaseInputs.open(parameters.schedule().epochs(), parameters)));
  }

  /** Of the phase whose network becomes the model. */
  PhaseInputs last() {
    return phases.get(phases.size() - 1);
  }

  /** What a checkpoint must be of to be gone on from. */
  String identity() {
    TrainParameters decisive =
        new TrainParameters(
            NOWHERE,
            NOWHERE,
            parameters.split(),
            parameters.architecture(),
            parameters.engine(),
            parameters.workers(),
            parameters.batch(),
            parameters.averaging(),
            parameters.augment(),
            parameters.input(),
            parameters.optimiser(),
            parameters.schedule(),
            parameters.seed(),
            parameters.threadsPerWorker(),
            parameters.validation(),
            parameters.shuffle(),
            null);
    StringBuilder text = new StringBuilder();
    for (PhaseInputs phase : phases) {
      text.append(phase.dataset().digest()).append('\n');
      text.append(phase.statistics().digest()).append('\n');
    }
    return Digests.of(text.append(decisive).toString());
  }
}
