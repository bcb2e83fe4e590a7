package io.millrace.jobs.evaluate;

import java.util.Locale;

/** Shares of 0..1 as percentages. */
final class Percent {
  private static final double PERCENT = 100;

  private Percent() {}

  /** {@code 93.9 %}. */
  static String of(double share) {
    return String.format(Locale.ROOT, "%.1f %%", value(share));
  }

  /** {@code 92.2 to 95.2}. */
  static String range(WilsonInterval interval) {
    return String.format(
        Locale.ROOT, "%.1f to %.1f", value(interval.low()), value(interval.high()));
  }

  static double value(double share) {
    return PERCENT * share;
  }
}
