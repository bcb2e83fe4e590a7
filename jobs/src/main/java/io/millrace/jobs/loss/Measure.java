package io.millrace.jobs.loss;

import java.io.Serializable;
import java.util.Set;

/**
 * A value that a training reports of its examples, as a mean over them.
 *
 * @param name as people read it, e.g. {@code loss}, {@code accuracy}, {@code critic}
 * @param unit how it is shown
 */
public record Measure(String name, Unit unit) implements Serializable {
  private static final Set<String> TAKEN =
      Set.of(
          "epoch",
          "round",
          "images",
          "learning-rate",
          "momentum",
          "seconds",
          "worker-images-per-second",
          "times");

  /**
   * @throws IllegalArgumentException if a training's record needs the name for something else
   */
  public Measure {
    if (TAKEN.contains(name) || name.startsWith("validation-")) {
      throw new IllegalArgumentException(
          "Cannot name a measure " + name + ": a training's record has another field of that name");
    }
  }

  /** How a measure is shown. */
  public enum Unit {
    /** Natural units of information, as of a cross-entropy. */
    NATS,
    /** A share of the examples, 0..1, shown in percent. */
    SHARE,
    /** A plain number. */
    NUMBER
  }
}
