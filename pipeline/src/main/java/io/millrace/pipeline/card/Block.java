package io.millrace.pipeline.card;

import java.util.List;

/** One part of a {@link Card}. All text is plain text: the page escapes it. */
public sealed interface Block {
  /** A heading over the blocks that follow. */
  record Heading(String text) implements Block {}

  /** A sentence or a few. */
  record Paragraph(String text) implements Block {}

  /** A sentence that must not be overlooked, such as how many pictures were quarantined. */
  record Warning(String text) implements Block {}

  /** A row of main figures in large type. */
  record Figures(List<Figure> figures) implements Block {}

  /**
   * A table.
   *
   * @param caption what it shows
   * @param columns from left to right
   * @param rows one text a column; figures come with their separators and units
   */
  record Table(String caption, List<Column> columns, List<List<String>> rows) implements Block {}

  /**
   * A square table of counts, shaded by each row's share: a confusion matrix.
   *
   * @param rows what a row stands for, e.g. {@code true class}
   * @param columns what a column stands for, e.g. {@code predicted class}
   * @param names of rows and columns alike
   * @param counts by row, then column
   */
  record Matrix(
      String caption, String rows, String columns, List<String> names, List<List<Long>> counts)
      implements Block {}

  /**
   * Lines over one pair of axes.
   *
   * @param title what it shows; the same title and series in two runs are drawn over each other
   *     when the runs are compared
   * @param x what runs to the right, with its unit
   * @param y what rises, with its unit
   * @param marks places to the right where something begins, rising
   */
  record Lines(String title, String x, String y, List<Series> series, List<Mark> marks)
      implements Block {
    /** Lines without marks. */
    public Lines(String title, String x, String y, List<Series> series) {
      this(title, x, y, series, List.of());
    }
  }

  /**
   * An upright line in a chart.
   *
   * @param text what begins there, in a word or two
   */
  record Mark(double x, String text) {}

  /**
   * Bars, one for each name and series.
   *
   * @param unit of the values, e.g. {@code images}
   * @param names one a group of bars
   * @param series one value a name each ({@link Series#y}); {@link Series#x} is not used
   * @param stacked whether the series stand upon each other
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
