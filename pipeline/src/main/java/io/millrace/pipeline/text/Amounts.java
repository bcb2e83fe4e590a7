package io.millrace.pipeline.text;

import java.time.Duration;
import java.util.Locale;

/** Formats amounts for people, in the same way in every locale. */
public final class Amounts {
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB"};
  private static final int STEP = 1000;
  private static final String[] BINARY_UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final int BINARY_STEP = 1024;
  private static final double LONGEST = 1e9;
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

  /** A time that somebody set, to the last digit: {@code 200 ms}, {@code 90 s}, {@code 7 days}. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds == 0 || !duration.equals(Duration.ofSeconds(seconds))) {
      return count(duration.toMillis()) + " ms";
    }
    if (seconds % DAY == 0) {
      return count(seconds / DAY, "day");
    }
    if (seconds % HOUR == 0) {
      return count(seconds / HOUR) + " h";
    }
    return seconds % MINUTE == 0 ? count(seconds / MINUTE) + " min" : count(seconds) + " s";
  }

  /** {@code 1 byte}, {@code 812 bytes}, {@code 1.5 GB}; MB = 10^6. */
  public static String bytes(long bytes) {
    return bytes(bytes, STEP, UNITS);
  }

  /** The same in the units that memory is set in, as by {@code -Xmx2g}: {@code 2.0 GiB}. */
  public static String memory(long bytes) {
    return bytes(bytes, BINARY_STEP, BINARY_UNITS);
  }

  private static String bytes(long bytes, int step, String... units) {
    if (bytes < step) {
      return count(bytes, "byte");
    }
    double value = bytes;
    int unit = -1;
    while (value >= step - 0.05 && unit < units.length - 1) {
      value /= step;
      unit++;
    }
    return decimal(value, 1) + " " + units[unit];
  }

  /** {@code 5.1 MB/s}. */
  public static String bytesPerSecond(double perSecond) {
    return bytes(Math.round(perSecond)) + "/s";
  }

  /** {@code 310 images/s}, {@code 9.4 images/s}. */
  public static String rate(double perSecond, String unit) {
    // Half a unit of the last digit below ten is where it would be rounded up to ten.
    return decimal(perSecond, perSecond < 10 - 0.05 ? 1 : 0) + " " + unit + "/s";
  }

  /** {@code 0.434} to three digits after the point. */
  public static String decimal(double number, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", number);
  }

  /**
   * Any figure in four digits, or as many as it has before the point: {@code 0.2714}, {@code
   * 12,345}, {@code 1.000e+38}.
   */
  public static String figure(double number) {
    double size = Math.abs(number);
    return size >= STEP - 0.05 && size < LONGEST
        ? decimal(number, 0)
        : String.format(Locale.ROOT, "%.4g", number);
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
    return decimal(percent, digits) + " %";
  }
}
