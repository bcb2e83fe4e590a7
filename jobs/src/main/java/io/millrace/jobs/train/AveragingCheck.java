package io.millrace.jobs.train;

import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.SparkAveraging;
import io.millrace.pipeline.Problem;
import java.util.ArrayList;
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
    List<Problem> problems = new ArrayList<>(ofFitting(parameters));
    TrainingPart.of(parameters).stream()
        .map(part -> part.parameters().optimiser())
        .distinct()
        .flatMap(it -> averaging.problems(it, parameters.plannedSchedule()).stream())
        .distinct()
        .forEach(problems::add);
    return problems;
  }

  /** Deeplearning4j takes steps of its own, with one loss and one learning rate for all layers. */
  private static List<Problem> ofFitting(TrainParameters parameters) {
    FittingKeys fitting = parameters.fitting();
    FittingKeys usual = FittingKeys.DEFAULT;
    List<Problem> problems = new ArrayList<>();
    if (!fitting.loss().equals(usual.loss())) {
      problems.add(refused("loss", "plain cross-entropy alone"));
    }
    if (!fitting.clip().equals(usual.clip())) {
      problems.add(refused("clip", "gradients as they are"));
    }
    if (!fitting.groups().isEmpty()) {
      problems.add(refused("groups", "one learning rate for all layers"));
    }
    boolean freezes =
        !fitting.freeze().isEmpty()
            || parameters.phases().stream()
                .anyMatch(phase -> !phase.freeze().orElse(List.of()).isEmpty());
    if (freezes) {
      problems.add(refused("freeze", "all layers"));
    }
    return problems;
  }

  private static Problem refused(String key, String instead) {
    return new Problem(
        key,
        "dl4j-spark trains with %s; leave out this key, or take averaging.by = millrace"
            .formatted(instead));
  }
}
