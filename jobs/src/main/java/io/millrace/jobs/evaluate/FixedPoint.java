package io.millrace.jobs.evaluate;

/**
 * Real numbers as whole units of 2^-30. Unlike sums of doubles, their sums are exact and the same
 * in any order. A long can hold sums up to 8.5 billion.
 */
final class FixedPoint {
  private static final double UNITS = 1L << 30;

  private FixedPoint() {}

  static long units(double value) {
    return Math.round(value * UNITS);
  }

  /** The sum divided by a count; NaN for a count of 0. */
  static double mean(long units, long count) {
    return units / UNITS / count;
  }
}
