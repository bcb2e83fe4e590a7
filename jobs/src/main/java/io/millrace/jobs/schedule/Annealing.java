package io.millrace.jobs.schedule;

import java.io.Serializable;

/**
 * How a hyper-parameter changes over a segment.
 *
 * @param from its value at the segment's beginning, reached exactly
 * @param to its value at the segment's end
 * @param form of the curve between them
 */
public record Annealing(double from, double to, Form form) implements Serializable {
  /** The form of the curve from one value to another. */
  public enum Form {
    /** The first value throughout. */
    CONSTANT,
    /** Half a cosine (Loshchilov and Hutter 2017, "SGDR"). */
    COSINE
  }

  /** One value throughout. */
  static Annealing constant(double value) {
    return new Annealing(value, value, Form.CONSTANT);
  }

  /** Along half a cosine. */
  static Annealing cosine(double from, double to) {
    return new Annealing(from, to, Form.COSINE);
  }

  /**
   * The value within the segment.
   *
   * @param done share of the segment, 0..1
   */
  double at(double done) {
    return switch (form) {
      case CONSTANT -> from;
      // StrictMath: the same bits on every JVM.
      case COSINE -> from + (to - from) / 2 * (1 - StrictMath.cos(Math.PI * done));
    };
  }
}
