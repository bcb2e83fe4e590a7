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

  /** Library and version, devices, precision and what it can't do, in one line. Starts nothing. */
  String summary();

  /**
   * Version, instruction set, state of the fast path and the device of this thread's task, for
   * provenance and the log. Starts the engine.
   *
   * @throws io.millrace.pipeline.CannotException if the engine does not run on this machine
   */
  Map<String, String> description();

  /**
   * The device of this thread's task, such as {@code cpu} or {@code cuda:1}. A network stays on the
   * device that it was built on.
   *
   * @throws io.millrace.pipeline.CannotException if the engine does not run on this machine
   */
  String device();

  /** Whether its arrays are in the machine's main memory. Starts nothing. */
  boolean onCpu();

  /**
   * What the engine can't do for a network or a learner, each as a sentence that says what to take
   * instead; empty if it can do everything. Starts nothing.
   */
  List<String> unsupported(Blueprint blueprint, Set<Ability> needed);

  /**
   * A network with the blueprint's initial weights.
   *
   * @param threads native threads that its passes may use, at least 1
   * @param seed of the initial weights
   * @throws IllegalArgumentException if the engine does not support it; the message says why
   * @throws io.millrace.pipeline.CannotException if the engine does not run on this machine
   */
  Network network(Blueprint blueprint, int threads, long seed);

  /** Averaging on Spark by the engine's own library, if it has one. Starts nothing. */
  default Optional<SparkAveraging> averaging() {
    return Optional.empty();
  }

  /** The file of a network that its own library reads, if it has one. Starts nothing. */
  default Optional<OwnForm> ownForm() {
    return Optional.empty();
  }
}
