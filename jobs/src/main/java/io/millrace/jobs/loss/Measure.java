package io.millrace.jobs.loss;

import java.io.Serializable;

/**
 * A value that a training tells of its examples, as a mean over them.
 *
 * @param name as people read it, e.g. {@code loss}, {@code accuracy}, {@code critic}
 * @param unit how it is shown
 */
public record Measure(String name, Unit unit) implements Serializable {
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
