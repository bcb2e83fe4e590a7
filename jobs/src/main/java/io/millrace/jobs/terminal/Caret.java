package io.millrace.jobs.terminal;

import io.millrace.pipeline.Excerpt;
import java.util.List;

/** A line of a configuration with carets below the mistake, as compilers show it. */
public final class Caret {
  private static final String GUTTER = "%4s | ";
  private static final String INDENT = "     ";
  private static final String LEFT_OUT = "...";

  /** The part of the room for text before the mistake, if the line is too long. */
  private static final int BEFORE = 3;

  private Caret() {}

  /**
   * One or two lines.
   *
   * @param columns of the terminal; of a longer line the part around the mistake is shown
   */
  public static List<String> lines(Excerpt excerpt, int columns, Ink ink) {
    boolean argument = excerpt.line() == 0;
    String gutter = argument ? INDENT : GUTTER.formatted(excerpt.line());
    String below = argument ? INDENT : GUTTER.formatted("");
    // A tab's width varies, and control characters in a file must not reach the terminal.
    String line = excerpt.text().replaceAll("\\p{Cntrl}", " ");
    int room = Math.max(2 * LEFT_OUT.length() + 1, columns - 1 - Columns.of(gutter));
    int begin = 0;
    if (Columns.of(line) > room) {
      begin = Math.max(0, excerpt.from() - room / BEFORE);
    }
    String before = (begin > 0 ? LEFT_OUT : "") + line.substring(begin, excerpt.from());
    String rest = line.substring(excerpt.from());
    int left = room - Columns.of(before);
    if (Columns.of(rest) > left) {
      rest = Columns.cut(rest, left - LEFT_OUT.length()) + LEFT_OUT;
    }
    String shown = (gutter + before + rest).stripTrailing();
    if (excerpt.from() == excerpt.to()) {
      return List.of(shown);
    }
    int meant = Columns.of(line.substring(excerpt.from(), excerpt.to()));
    String carets = "^".repeat(Math.max(1, Math.min(meant, left)));
    return List.of(shown, below + " ".repeat(Columns.of(before)) + ink.red(carets));
  }
}
