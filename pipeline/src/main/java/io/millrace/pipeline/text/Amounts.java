package io.millrace.pipeline.text;

import java.util.Locale;

/** Formats amounts for people, in the same way in every locale. */
public final class Amounts {
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB"};
  private static final int STEP = 1000;
  private static final double PERCENT = 100;
  private static final double LEAST_PERCENT = 0.01;

  private Amounts() {}

  /** {@code 0.42 s}, {@code 12.3 s}, {@code 4:05 min}, {@code 2:04:05 h}; not negative. */
  public static String seconds(double seconds) {
    long whole = Math.round(seconds);
    if (whole >= HOUR) {
      return String.format(
          Locale.ROOT, "%d:%02d:%02d h", whole / HOUR, whole / MINUTE % MINUTE, whole % MINUTE);
    }
    // Values within half a unit of the last digit below a bound would be rounded up to the bound.
    if (seconds >= 2 * MINUTE - 0.05) {
      return String.format(Locale.ROOT, "%d:%02d min", whole / MINUTE, whole % MINUTE);
    }
    return String.format(Locale.ROOT, seconds < 10 - 0.005 ? "%.2f s" : "%.1f s", seconds);
  }

  /** {@code 1 byte}, {@code 812 bytes}, {@code 1.5 GB}; MB = 10^6. */
  public static String bytes(long bytes) {
    if (bytes < STEP) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    double value = bytes;
    int unit = -1;
    while (value >= STEP - 0.05 && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /** {@code 1,234}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 picture}, {@code 1,234 pictures}; the plural is made by an s. */
  public static String count(long number, String one) {
    return count(number) + " " + one + (number == 1 ? "" : "s");
  }

  /** {@code 93.9 %} for a share of 0..1. */
  public static String percent(double share) {
    return percent(share, 1);
  }

  /** The same with so many digits after the point. */
  public static String percent(double share, int digits) {
    return shown(PERCENT * share, digits);
  }

  /**
   * {@code 57 %}, {@code 1.2 %}: a part of a whole with two or three digits; {@code < 0.01 %} for a
   * very small part.
   */
  public static String share(long part, long whole) {
    double percent = whole == 0 ? 0 : PERCENT * part / whole;
    if (part > 0 && percent < LEAST_PERCENT) {
      return "< 0.01 %";
    }
    return shown(percent, percent >= 10 || percent == 0 ? 0 : percent >= 1 ? 1 : 2);
  }

  private static String shown(double percent, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f %%", percent);
  }
}
