package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Engine;
import io.millrace.pipeline.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an engine can't compute of a network, and layers that it does not have, as far as the
 * configuration alone shows it.
 */
final class NetworkCheck {
  // The operations of a network do not depend on the pictures, which are not opened yet.
  private static final int CHANNELS = 3;
  private static final int SIDE = 224;
  private static final int CLASSES = 10;

  private NetworkCheck() {}

  static List<Problem> of(TrainParameters parameters, Engine engine) {
    List<Problem> problems = new ArrayList<>();
    if (parameters.phases().isEmpty()) {
      problems.addAll(ofPart(parameters, engine, "freeze", ""));
    }
    for (int i = 0; i < parameters.phases().size(); i++) {
      Phase phase = parameters.phases().get(i);
      boolean own = phase.freeze().isPresent();
      problems.addAll(
          ofPart(
              parameters.during(phase),
              engine,
              own ? "phases[" + i + "].freeze" : "freeze",
              own ? "in phase " + (i + 1) + ", " : ""));
    }
    return problems.stream().distinct().toList();
  }

  /**
   * @param freeze the key of the layers that are frozen
   * @param in which phase's it is
   */
  private static List<Problem> ofPart(
      TrainParameters parameters, Engine engine, String freeze, String in) {
    int side = parameters.input().orElse(SIDE);
    Blueprint network;
    try {
      network = parameters.architecture().blueprint(CHANNELS, side, side, CLASSES);
    } catch (IllegalArgumentException e) {
      // Without input it depends on the pictures' size, and is reported when they are opened.
      return parameters.input().isPresent()
          ? List.of(new Problem("architecture", e.getMessage()))
          : List.of();
    }
    List<Problem> problems = new ArrayList<>();
    engine
        .unsupported(network, Set.of())
        .forEach(sentence -> problems.add(new Problem("architecture", sentence)));
    FittingKeys fitting = parameters.fitting();
    LayerRates.problem(network, fitting.groups())
        .ifPresent(why -> problems.add(new Problem("groups", why)));
    LayerRates.freezeProblem(network, fitting.freeze())
        .ifPresent(why -> problems.add(new Problem(freeze, in + why)));
    return problems;
  }
}
