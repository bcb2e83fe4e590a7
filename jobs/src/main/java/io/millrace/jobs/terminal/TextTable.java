package io.millrace.jobs.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Tables as a person reads them. */
public final class TextTable {
  private static final String GAP = "  ";

  private TextTable() {}

  /** Rows with aligned columns, without blanks at their ends. */
  public static String table(List<List<String>> rows) {
    return table(rows, cell -> cell);
  }

  /**
   * The same in colours.
   *
   * @param painted a cell with its colour, which takes no columns
   */
  public static String table(List<List<String>> rows, UnaryOperator<String> painted) {
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
