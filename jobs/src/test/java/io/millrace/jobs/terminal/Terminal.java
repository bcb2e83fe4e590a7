package io.millrace.jobs.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal shows of what is written to it: rows printed, moved over, cleared, wrapped. */
final class Terminal {
  private static final Pattern MOVE = Pattern.compile("\u001b\\[(\\d+)A");
  private static final String CLEAR = "\u001b[0J";
  private static final String CLEAR_LINE = "\u001b[K";

  private int columns;
  private List<String> rows = new ArrayList<>();
  private int cursor;

  Terminal(int columns) {
    this.columns = columns;
  }

  /** As terminals do, lines that are longer now are shown on more rows. */
  void resize(int narrower) {
    columns = narrower;
    rows = wrapped(rows);
    cursor = rows.size();
  }

  private List<String> wrapped(List<String> lines) {
    List<String> wrapped = new ArrayList<>();
    for (String line : lines) {
      String rest = line;
      do {
        String row = Columns.cut(rest, columns);
        wrapped.add(row);
        rest = rest.substring(row.length());
      } while (!rest.isEmpty());
    }
    return wrapped;
  }

  /** The rows that are not blank, once all of this has been written. */
  List<String> shown(String written) {
    String text = written.replace("\r", "");
    Matcher move = MOVE.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (move.region(at, text.length()).lookingAt()) {
        cursor = Math.max(0, cursor - Integer.parseInt(move.group(1)));
        at = move.end();
      } else if (text.startsWith(CLEAR, at)) {
        rows = new ArrayList<>(rows.subList(0, cursor));
        at += CLEAR.length();
      } else {
        int end = text.indexOf('\n', at);
        print(text.substring(at, end));
        at = end + 1;
      }
    }
    return rows;
  }

  /** What stood there shows on behind the line unless that ends by clearing it. */
  private void print(String line) {
    boolean clears = line.endsWith(CLEAR_LINE);
    String text = clears ? line.substring(0, line.length() - CLEAR_LINE.length()) : line;
    for (String row : wrapped(List.of(text))) {
      if (cursor == rows.size()) {
        rows.add("");
      }
      String old = rows.get(cursor);
      rows.set(
          cursor, clears || old.length() < row.length() ? row : row + old.substring(row.length()));
      cursor++;
    }
  }
}
