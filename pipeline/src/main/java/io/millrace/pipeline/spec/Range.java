package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Key;
import java.math.BigDecimal;

/**
 * The values that a number may take, both ends included.
 *
 * @param counts what it counts; may be empty
 */
record Range(double min, double max, String counts) {
  static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "");

  static Range of(Key key) {
    return new Range(key.min(), key.max(), key.counts());
  }

  /** A text for people: {@code 1 or more}, {@code 0 to 1}; empty for {@link #ANY}. */
  String text() {
    boolean open = max == Double.POSITIVE_INFINITY;
    if (min == Double.NEGATIVE_INFINITY) {
      return open ? "" : "at most " + plain(max);
    }
    return plain(min) + (open ? " or more" : " to " + plain(max));
  }

  /** The end of a message about a number. */
  String unit() {
    return counts.isEmpty() ? "" : "; it counts " + counts;
  }

  /**
   * @throws IllegalArgumentException if the number is outside
   */
  void check(String text, double number) {
    if (number < min) {
      throw new IllegalArgumentException(
          "'" + text + "' is too small: the least value is " + plain(min));
    }
    if (number > max) {
      throw new IllegalArgumentException(
          "'" + text + "' is too large: the largest value is " + plain(max));
    }
  }

  private static String plain(double bound) {
    return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }
}
