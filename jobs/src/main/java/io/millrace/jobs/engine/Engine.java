package io.millrace.jobs.engine;

import io.millrace.jobs.architecture.Blueprint;
import java.util.Map;
import java.util.Optional;

/** Builds networks. Found by name through {@link Engines}. */
public interface Engine {
  /** E.g. {@code dl4j}. */
  String name();

  /**
   * Version, device, instruction set and fast-path state, for provenance and the log. Starts the
   * engine.
   *
   * @throws io.millrace.pipeline.CannotException if the engine does not run on this machine
   */
  Map<String, String> description();

  /**
   * A network with the blueprint's initial weights.
   *
   * @param threads native threads that its passes may use, at least 1
   * @param seed of the initial weights
   * @throws io.millrace.pipeline.CannotException if the engine does not run on this machine
   */
  Network network(Blueprint blueprint, int threads, long seed);

  /** Averaging on Spark by the engine's own library, if it has such. Starts nothing. */
  default Optional<SparkAveraging> averaging() {
    return Optional.empty();
  }
}
