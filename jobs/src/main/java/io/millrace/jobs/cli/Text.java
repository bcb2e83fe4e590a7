package io.millrace.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Figures and tables as a person reads them. */
final class Text {
  private static final int MINUTE = 60;
  private static final String GAP = "  ";

  private Text() {}

  /** {@code 0.42 s}, {@code 12.3 s}, {@code 4:05 min}. */
  static String seconds(double seconds) {
    if (seconds >= 2 * MINUTE) {
      long whole = Math.round(seconds);
      return String.format(Locale.ROOT, "%d:%02d min", whole / MINUTE, whole % MINUTE);
    }
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
  }

  /** {@code 1,234 B}, {@code 12.3 MB}; units of a thousand. */
  static String bytes(long bytes) {
    String[] units = {"kB", "MB", "GB", "TB", "PB"};
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  /** Rows with aligned columns, without blanks at their ends. */
  static String table(List<List<String>> rows) {
    return table(rows, cell -> cell);
  }

  /**
   * The same in colours.
   *
   * @param painted a cell with its colour, which takes no columns
   */
  static String table(List<List<String>> rows, UnaryOperator<String> painted) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int c = 0; c < row.size(); c++) {
        int width = Columns.of(row.get(c));
        if (c == widths.size()) {
          widths.add(width);
        } else {
          widths.set(c, Math.max(widths.get(c), width));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        String cell = row.get(c);
        String blanks = " ".repeat(widths.get(c) - Columns.of(cell));
        line.append(painted.apply(cell)).append(blanks).append(GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
