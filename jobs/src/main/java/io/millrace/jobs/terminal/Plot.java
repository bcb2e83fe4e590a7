package io.millrace.jobs.terminal;

import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A curve of characters, for a terminal.
 *
 * @param title above it
 * @param across what the x axis counts
 * @param rows of the curve, at least 2
 * @param columns of the curve, at least 2
 */
public record Plot(String title, String across, int rows, int columns) {
  private static final char POINT = '*';

  /**
   * Draws points; those that are not finite are left out.
   *
   * @param x ascending; at least one
   * @param y as many
   * @param logarithmic whether the x axis is, whose values are above 0 then
   */
  public String of(double[] x, double[] y, boolean logarithmic) {
    DoubleUnaryOperator scale = logarithmic ? Math::log10 : it -> it;
    double left = scale.applyAsDouble(x[0]);
    double right = scale.applyAsDouble(x[x.length - 1]);
    double[] finite = Arrays.stream(y).filter(Double::isFinite).toArray();
    double low = Arrays.stream(finite).min().orElse(0);
    double high = Arrays.stream(finite).max().orElse(0);
    char[][] cells = new char[rows][columns];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(y[i])) {
        int row = rows - 1 - cell(y[i], low, high, rows);
        cells[row][cell(scale.applyAsDouble(x[i]), left, right, columns)] = POINT;
      }
    }
    return framed(cells, low, high, x[0], x[x.length - 1]);
  }

  private static int cell(double value, double least, double most, int cells) {
    return most == least ? 0 : (int) Math.round((value - least) / (most - least) * (cells - 1));
  }

  private String framed(char[][] cells, double low, double high, double from, double to) {
    List<String> lines = new ArrayList<>();
    String top = Amounts.figure(high);
    String bottom = Amounts.figure(low);
    int margin = Math.max(top.length(), bottom.length());
    lines.add(" ".repeat(margin) + "  " + title);
    for (int row = 0; row < cells.length; row++) {
      String label = "";
      if (row == 0) {
        label = top;
      } else if (row == cells.length - 1) {
        label = bottom;
      }
      String curve = new String(cells[row]).stripTrailing();
      lines.add((" ".repeat(margin - label.length()) + label + " |" + curve).stripTrailing());
    }
    lines.add(" ".repeat(margin) + " +" + "-".repeat(columns));
    String end = Amounts.figure(to) + " " + across;
    String begin = Amounts.figure(from);
    int gap = Math.max(1, columns - begin.length() - end.length());
    lines.add(" ".repeat(margin + 2) + begin + " ".repeat(gap) + end);
    return String.join("\n", lines) + "\n";
  }
}
