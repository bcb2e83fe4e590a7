package io.millrace.jobs.engine;

import io.millrace.jobs.architecture.Blueprint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds networks. Found by name through {@link Engines}. */
public interface Engine {
  /** E.g. {@code dl4j}. */
  String name();

  /**
   * Version, instruction set, fast-path state and the device of the task on this thread, for
   * provenance and the log. Starts the engine.
   *
   * @throws io.millrace.pipeline.CannotException if the engine does not run on this machine
   */
  Map<String, String> description();

  /**
   * What the task on this thread computes on, such as {@code cpu} or {@code cuda:1}: a network
   * stays on the one that it was built on.
   *
   * @throws io.millrace.pipeline.CannotException if the engine does not run on this machine
   */
  String device();

  /** Whether its arrays are in the machine's own memory. Starts nothing. */
  boolean onCpu();

  /**
   * What it can't do of a network or for a learner, each a sentence that says what to take instead;
   * empty if it can do all. Starts nothing.
   */
  List<String> unsupported(Blueprint blueprint, Set<Ability> needed);

  /**
   * A network with the blueprint's initial weights.
   *
   * @param threads native threads that its passes may use, at least 1
   * @param seed of the initial weights
   * @throws IllegalArgumentException if the engine does not support it, with what it can't do
   * @throws io.millrace.pipeline.CannotException if the engine does not run on this machine
   */
  Network network(Blueprint blueprint, int threads, long seed);

  /** Averaging on Spark by the engine's own library, if it has such. Starts nothing. */
  default Optional<SparkAveraging> averaging() {
    return Optional.empty();
  }
}
