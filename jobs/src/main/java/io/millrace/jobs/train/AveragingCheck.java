package io.millrace.jobs.train;

import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.SparkAveraging;
import io.millrace.pipeline.Problem;
import java.util.List;
import java.util.Optional;

/** What the implementation of averaging can't do for a training, or does differently. */
final class AveragingCheck {
  private AveragingCheck() {}

  /** The problems, as far as the configuration alone shows them. */
  static List<Problem> of(TrainParameters parameters, Engine engine) {
    return switch (parameters.averaging().by()) {
      case MILLRACE -> List.of();
      case DL4J_SPARK ->
          engine
              .averaging()
              .map(it -> problems(it, parameters))
              .orElseGet(
                  () ->
                      List.of(
                          new Problem(
                              "averaging.by",
                              "dl4j-spark trains Deeplearning4j's networks and the engine is %s; use engine = dl4j or averaging.by = millrace"
                                  .formatted(engine.name()))));
    };
  }

  /** What the user should know before the training begins. */
  static Optional<String> difference(TrainParameters parameters, Engine engine) {
    return switch (parameters.averaging().by()) {
      case MILLRACE -> Optional.empty();
      case DL4J_SPARK ->
          engine
              .averaging()
              .flatMap(it -> it.difference(parameters.optimiser(), parameters.plannedSchedule()));
    };
  }

  private static List<Problem> problems(SparkAveraging averaging, TrainParameters parameters) {
    return TrainingPart.of(parameters).stream()
        .map(part -> part.parameters().optimiser())
        .distinct()
        .flatMap(it -> averaging.problems(it, parameters.plannedSchedule()).stream())
        .distinct()
        .toList();
  }
}
