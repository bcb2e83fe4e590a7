package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.augment.Chain;
import io.millrace.jobs.augment.Levels;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Normaliser;
import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.feed.View;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.stats.Statistics;
import io.millrace.pipeline.CannotException;

/** Makes the plan of a training from what it is told and reads. */
final class Planning {
  private Planning() {}

  /**
   * @throws CannotException if there is nothing to train on, or the dataset, the statistics, the
   *     transforms and the architecture don't fit one another
   */
  static TrainingPlan of(TrainingInputs inputs) {
    return new TrainingPlan(
        inputs.phases().stream().map(Planning::phase).toList(), inputs.parameters().schedule());
  }

  private static TrainingPhase phase(PhaseInputs inputs) {
    TrainParameters parameters = inputs.parameters();
    Dataset dataset = inputs.dataset();
    Statistics statistics = inputs.statistics();
    View.Parts parts =
        View.parts(
            dataset, parameters.split(), parameters.validation().fraction(), parameters.seed());
    View view = parts.training();
    if (view.size() == 0) {
      throw new CannotException(
          "train on split " + parameters.split().text(),
          "the dataset at %s has no images in it, or validation takes them all"
              .formatted(dataset.root()));
    }
    InputShape first = InputShape.of(view);
    InputShape input =
        parameters.input().map(side -> new InputShape(first.channels(), side, side)).orElse(first);
    if (statistics.mean().size() != input.channels()) {
      throw new CannotException(
          "train on " + dataset.root(),
          "its images have %d channels and the statistics have %d; compute them over the same dataset"
              .formatted(input.channels(), statistics.mean().size()));
    }
    int classes = dataset.classNames().size();
    Chain chain = new Chain(parameters.augment());
    chain.checkGives(first.height(), first.width(), input.height(), input.width());
    Recipe recipe =
        new Recipe(
            view,
            input,
            new Normaliser(statistics.mean(), statistics.std()),
            chain,
            Levels.of(statistics),
            parameters.shuffle(),
            false,
            parameters.seed(),
            classes);
    Rounds rounds =
        new Rounds(
            view.size(), parameters.workers(), parameters.batch(), parameters.averaging().every());
    Trainee trainee =
        new Trainee(
            parameters.engine(),
            blueprint(parameters, input, classes),
            parameters.optimiser(),
            parameters.threadsPerWorker(),
            parameters.seed());
    return new TrainingPhase(inputs.epochs(), recipe, rounds, parts.validation(), trainee);
  }

  private static Blueprint blueprint(TrainParameters parameters, InputShape input, int classes) {
    try {
      return parameters
          .architecture()
          .blueprint(input.channels(), input.height(), input.width(), classes);
    } catch (IllegalArgumentException e) {
      throw new CannotException("train", e.getMessage(), e);
    }
  }
}
