package io.millrace.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal shows of what is written to it: rows printed, moved over, cleared, wrapped. */
final class Terminal {
  private static final Pattern MOVE = Pattern.compile("\u001b\\[(\\d+)A");
  private static final String CLEAR = "\u001b[0J";

  private int columns;
  private List<String> rows = new ArrayList<>();

  Terminal(int columns) {
    this.columns = columns;
  }

  /** As terminals do, lines that are longer now are shown on more rows. */
  void resize(int narrower) {
    columns = narrower;
    rows = wrapped(rows);
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

  /** The rows above the cursor, which stands in the first column after each line. */
  List<String> shown(String written) {
    String text = written.replace("\r", "");
    Matcher move = MOVE.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (move.region(at, text.length()).lookingAt()) {
        rows = new ArrayList<>(rows.subList(0, rows.size() - Integer.parseInt(move.group(1))));
        at = move.end();
      } else if (text.startsWith(CLEAR, at)) {
        at += CLEAR.length();
      } else {
        int end = text.indexOf('\n', at);
        rows.addAll(wrapped(List.of(text.substring(at, end))));
        at = end + 1;
      }
    }
    return rows;
  }
}
