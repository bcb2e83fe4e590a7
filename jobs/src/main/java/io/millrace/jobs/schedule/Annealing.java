package io.millrace.jobs.schedule;

import java.io.Serializable;

/**
 * How a hyper-parameter changes over a segment.
 *
 * @param from its value at the segment's beginning, reached exactly
 * @param to its value at the segment's end
 * @param decay the form of the curve between them
 */
public record Annealing(double from, double to, Decay decay) implements Serializable {
  /** One value throughout. */
  static Annealing constant(double value) {
    return linear(value, value);
  }

  /** Along a straight line. */
  static Annealing linear(double from, double to) {
    return new Annealing(from, to, new Decay.Linear());
  }

  /** Along half a cosine. */
  static Annealing cosine(double from, double to) {
    return new Annealing(from, to, new Decay.Cosine());
  }

  /**
   * The value within the segment.
   *
   * @param done share of the segment, 0..1
   */
  double at(double done) {
    return decay.at(from, to, done);
  }
}
