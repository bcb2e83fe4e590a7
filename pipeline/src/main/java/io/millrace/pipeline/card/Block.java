package io.millrace.pipeline.card;

import java.util.List;

/** One part of a {@link Card}. All text is plain text: the page escapes it. */
public sealed interface Block {
  /** A heading over the blocks that follow. */
  record Heading(String text) implements Block {}

  /** A sentence or a few. */
  record Paragraph(String text) implements Block {}

  /** A sentence that users must not miss, such as how many pictures were quarantined. */
  record Warning(String text) implements Block {}

  /** A row of main figures in large type. */
  record Figures(List<Figure> figures) implements Block {}

  /**
   * A table.
   *
   * @param caption what it shows
   * @param columns from left to right
   * @param rows a text for each column; figures include their separators and units
   */
  record Table(String caption, List<Column> columns, List<List<String>> rows) implements Block {}

  /**
   * A square table of counts, such as a confusion matrix; cells are shaded by their share of the
   * row.
   *
   * @param rows what a row stands for, e.g. {@code true class}
   * @param columns what a column stands for, e.g. {@code predicted class}
   * @param names of the rows, and also of the columns
   * @param counts by row, then column
   */
  record Matrix(
      String caption, String rows, String columns, List<String> names, List<List<Long>> counts)
      implements Block {}

  /**
   * Lines over one pair of axes.
   *
   * @param title what it shows; a comparison of runs draws lines with the same title and series in
   *     one chart
   * @param x the horizontal axis, with its unit
   * @param y the vertical axis, with its unit
   * @param marks where something begins, in increasing order
   */
  record Lines(String title, String x, String y, List<Series> series, List<Mark> marks)
      implements Block {
    /** Lines without marks. */
    public Lines(String title, String x, String y, List<Series> series) {
      this(title, x, y, series, List.of());
    }
  }

  /**
   * A vertical line in a chart.
   *
   * @param text what begins there, in a word or two
   */
  record Mark(double x, String text) {}

  /**
   * Bars, one for each name and series.
   *
   * @param unit of the values, e.g. {@code images}
   * @param names one for each group of bars
   * @param series each with one value for every name ({@link Series#y}); {@link Series#x} is not
   *     used
   * @param stacked whether the series are stacked
   */
  record Bars(String title, String unit, List<String> names, List<Series> series, boolean stacked)
      implements Block {}

  /**
   * Pictures side by side.
   *
   * @param caption what they are
   */
  record Gallery(String caption, List<CardPicture> pictures) implements Block {}

  /** Text with fixed spacing, to be copied: a command, a configuration. */
  record Code(String caption, String text) implements Block {}

  /** Blocks that stay folded until the summary is clicked. */
  record Fold(String summary, List<Block> blocks) implements Block {}
}
