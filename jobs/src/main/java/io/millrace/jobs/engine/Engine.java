package io.millrace.jobs.engine;

import io.millrace.jobs.architecture.Blueprint;

/** Builds networks. Found by name through {@link java.util.ServiceLoader}. */
public interface Engine {
  /** E.g. {@code dl4j}. */
  String name();

  /** Version, device, instruction set and fast-path state, for provenance and the log. */
  java.util.Map<String, String> description();

  /**
   * A network with the blueprint's initial weights.
   *
   * @param threads native threads that its passes may use, at least 1
   * @param seed of the initial weights
   */
  Network network(Blueprint blueprint, int threads, long seed);
}
