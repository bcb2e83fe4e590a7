package io.millrace.jobs.terminal;

import java.util.ArrayList;
import java.util.List;

/** A line with a progress bar that fits the columns: less important parts are left out first. */
final class Bar {
  private static final int LONGEST = 30;
  private static final int SHORTEST = 6;
  private static final String GAP = "  ";
  private static final String COMMA = ", ";

  private Bar() {}

  /**
   * {@code model: train 37 % [===> ] 18,500 of 50,000 images 235/s 2:14 min left epoch 2/5, loss
   * 1.2}.
   *
   * @param columns the most that the line takes
   */
  static String line(ProgressState work, int columns) {
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

  /** What may follow title, percentage and bar, the longest first. */
  private static List<List<String>> choices(ProgressState work) {
    String left = work.left();
    List<String> notes = beginnings(work.note());
    List<List<String>> choices = new ArrayList<>();
    choices.add(List.of(work.amount(), work.shortRate(), left, work.note()));
    choices.add(List.of(work.shortRate(), left, work.note()));
    notes.forEach(note -> choices.add(List.of(left, note)));
    notes.forEach(note -> choices.add(List.of(note)));
    choices.add(List.of(left));
    choices.add(List.of());
    return choices;
  }

  /**
   * The whole note, then shorter and shorter beginnings: a note begins with its most important
   * part.
   */
  private static List<String> beginnings(String note) {
    List<String> beginnings = new ArrayList<>();
    String rest = note;
    while (!rest.isEmpty()) {
      beginnings.add(rest);
      rest = rest.substring(0, Math.max(0, rest.lastIndexOf(COMMA)));
    }
    return beginnings;
  }

  private static String joined(ProgressState work, List<String> words, String bar) {
    List<String> all = new ArrayList<>(List.of(work.title(), work.percent(), bar));
    all.addAll(words);
    all.removeIf(String::isEmpty);
    return String.join(GAP, all);
  }

  private static String bar(ProgressState work, int columns) {
    if (work.fraction().isEmpty() || columns < SHORTEST) {
      return "";
    }
    int inside = Math.min(columns, LONGEST) - 2;
    int full = (int) (inside * work.fraction().getAsDouble());
    String head = full < inside ? ">" : "";
    return "[" + "=".repeat(full) + head + " ".repeat(inside - full - head.length()) + "]";
  }
}
