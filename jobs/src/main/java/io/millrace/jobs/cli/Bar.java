package io.millrace.jobs.cli;

import java.util.ArrayList;
import java.util.List;

/** A line with a bar, in as many columns as there are: what matters least is left out first. */
final class Bar {
  private static final int LONGEST = 30;
  private static final int SHORTEST = 6;
  private static final String GAP = "  ";

  private Bar() {}

  /**
   * {@code model: train 37 % [===> ] 18,500 of 50,000 images 235/s 2:14 min left epoch 2/5, loss
   * 1.2}.
   *
   * @param columns the most that the line takes
   */
  static String line(Reached work, int columns) {
    for (List<String> words : choices(work)) {
      int taken = Columns.of(joined(work, words, ""));
      if (taken <= columns) {
        return joined(work, words, bar(work, columns - taken - GAP.length()));
      }
    }
    String least = work.title() + " " + work.percent();
    int title = columns - 1 - Columns.of(work.percent());
    return Columns.of(least) <= columns || title < 1
        ? Columns.cut(least, columns)
        : Columns.cut(work.title(), title) + " " + work.percent();
  }

  /** What stands behind title, percentage and bar, the fullest first. */
  private static List<List<String>> choices(Reached work) {
    return List.of(
        List.of(work.amount(), work.shortRate(), work.left(), work.note()),
        List.of(work.shortRate(), work.left(), work.note()),
        List.of(work.left(), work.note()),
        work.note().isEmpty() ? List.of(work.shortRate(), work.left()) : List.of(work.note()),
        List.of(work.left()),
        List.of());
  }

  private static String joined(Reached work, List<String> words, String bar) {
    List<String> all = new ArrayList<>(List.of(work.title(), work.percent(), bar));
    all.addAll(words);
    all.removeIf(String::isEmpty);
    return String.join(GAP, all);
  }

  private static String bar(Reached work, int columns) {
    if (work.fraction().isEmpty() || columns < SHORTEST) {
      return "";
    }
    int inside = Math.min(columns, LONGEST) - 2;
    int full = (int) (inside * work.fraction().getAsDouble());
    String head = full < inside ? ">" : "";
    return "[" + "=".repeat(full) + head + " ".repeat(inside - full - head.length()) + "]";
  }
}
