package io.millrace.jobs.engine;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.pipeline.CannotException;
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
   * @throws CannotException if the engine does not run on this machine
   */
  Map<String, String> description();

  /**
   * The device of this thread's task, such as {@code cpu} or {@code cuda:1}. A network stays on the
   * device that it was built on.
   *
   * @throws CannotException if the engine does not run on this machine
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
   * The precision that is computed in on this machine where another is asked for. Starts nothing,
   * but may ask a GPU's driver.
   *
   * @param asked {@link Precision#AUTO} lets the engine choose
   * @return any but {@code AUTO}
   * @throws CannotException if the engine does not compute in it here, or only slowly
   */
  default Precision precision(Precision asked) {
    if (asked == Precision.AUTO || asked == Precision.FP32) {
      return Precision.FP32;
    }
    throw new CannotException(
        "compute in " + asked.text(),
        "the engine %s computes in fp32 alone; take precision = fp32, or engine = torch"
            .formatted(name()));
  }

  /**
   * A network with the blueprint's initial weights.
   *
   * @param threads native threads that its passes may use, at least 1
   * @param seed of the initial weights
   * @throws IllegalArgumentException if the engine does not support it; the message says why
   * @throws CannotException if the engine does not run on this machine, or not in that precision
   */
  Network network(Blueprint blueprint, int threads, long seed, Precision precision);

  /** The same in single precision. */
  default Network network(Blueprint blueprint, int threads, long seed) {
    return network(blueprint, threads, seed, Precision.FP32);
  }

  /** Averaging on Spark by the engine's own library, if it has one. Starts nothing. */
  default Optional<SparkAveraging> averaging() {
    return Optional.empty();
  }

  /** The file of a network that its own library reads, if it has one. Starts nothing. */
  default Optional<OwnForm> ownForm() {
    return Optional.empty();
  }
}
