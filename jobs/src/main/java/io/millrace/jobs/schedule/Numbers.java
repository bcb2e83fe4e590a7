package io.millrace.jobs.schedule;

/** Numbers in messages. */
final class Numbers {
  private Numbers() {}

  /** Whole numbers without a decimal point. */
  static String of(double value) {
    return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
