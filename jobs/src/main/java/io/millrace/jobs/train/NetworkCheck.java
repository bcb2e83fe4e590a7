package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Engine;
import io.millrace.pipeline.Problem;
import java.util.List;
import java.util.Set;

/** What an engine can't compute of a network, as far as the configuration alone shows it. */
final class NetworkCheck {
  // The operations of a network do not depend on the pictures, which are not opened yet.
  private static final int CHANNELS = 3;
  private static final int SIDE = 224;
  private static final int CLASSES = 10;

  private NetworkCheck() {}

  static List<Problem> of(TrainParameters parameters, Engine engine) {
    List<TrainParameters> parts =
        parameters.phases().isEmpty()
            ? List.of(parameters)
            : parameters.phases().stream().map(parameters::during).toList();
    return parts.stream().flatMap(part -> ofPart(part, engine).stream()).distinct().toList();
  }

  private static List<Problem> ofPart(TrainParameters parameters, Engine engine) {
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
    return engine.unsupported(network, Set.of()).stream()
        .map(sentence -> new Problem("architecture", sentence))
        .toList();
  }
}
