package io.millrace.pipeline.store;

import java.util.Locale;

/** Numbers of bytes as people read them. */
public final class Space {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB"};
  private static final int STEP = 1000;

  private Space() {}

  /** Such as {@code 812 bytes} or {@code 1.5 GB}; MB = 10^6. */
  public static String text(long bytes) {
    if (bytes < STEP) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    double value = bytes;
    int unit = -1;
    // 999.95 is where one decimal would be rounded up to 1000.0.
    while (value >= STEP - 0.05 && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
