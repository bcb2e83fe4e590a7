package io.millrace.jobs.train;

import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.pipeline.CannotException;

/** What a training will train, without training it. */
public final class PlannedNetwork {
  private PlannedNetwork() {}

  /**
   * That of the last phase.
   *
   * @throws CannotException if the dataset, the statistics, the transforms and the architecture are
   *     not there or don't fit one another
   */
  public static Supervised of(TrainParameters parameters) {
    return (Supervised) Planning.of(TrainingInputs.open(parameters)).plan().last().learner();
  }

  /**
   * That for pictures of a shape.
   *
   * @throws CannotException if the architecture does not take it
   */
  public static Supervised of(
      TrainParameters parameters, int channels, int height, int width, int classes) {
    try {
      return new Supervised(
          parameters.engine(),
          parameters.architecture().blueprint(channels, height, width, classes),
          new CrossEntropy(classes),
          parameters.optimiser(),
          parameters.threadsPerWorker(),
          parameters.seed());
    } catch (IllegalArgumentException e) {
      throw new CannotException("build the network", e.getMessage(), e);
    }
  }
}
