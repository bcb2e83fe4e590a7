package io.millrace.pipeline.spec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds the bracket without a closing one in a HOCON text; the parser notices it only at the end of
 * the file.
 *
 * @param line of the opening bracket, from 1
 * @param bracket <code>{</code> or {@code [}
 */
record Unclosed(int line, char bracket) {
  private static final String OPENING = "{[";
  private static final String CLOSING = "}]";

  private record Opened(int line, int indent, char bracket) {}

  /**
   * The opening bracket whose closing one is most likely missing: the first that a bracket of the
   * other kind closes; else the innermost whose closing bracket begins a line with another
   * indentation; else the outermost that is open at the end.
   */
  static Optional<Unclosed> in(String text) {
    Deque<Opened> open = new ArrayDeque<>();
    Optional<Unclosed> suspect = Optional.empty();
    int number = 0;
    for (String line : blank(text).split("\n", -1)) {
      number++;
      int indent = line.length() - line.stripLeading().length();
      for (int i = 0; i < line.length(); i++) {
        char letter = line.charAt(i);
        if (OPENING.indexOf(letter) >= 0) {
          open.push(new Opened(number, indent, letter));
        } else if (CLOSING.indexOf(letter) >= 0 && !open.isEmpty()) {
          Opened opened = open.pop();
          if (OPENING.indexOf(opened.bracket) != CLOSING.indexOf(letter)) {
            return Optional.of(new Unclosed(opened.line, opened.bracket));
          }
          boolean fits = opened.line == number || i > indent || opened.indent == indent;
          if (suspect.isEmpty() && !fits) {
            suspect = Optional.of(new Unclosed(opened.line, opened.bracket));
          }
        }
      }
    }
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Opened outermost = open.peekLast();
    return suspect.or(() -> Optional.of(new Unclosed(outermost.line, outermost.bracket)));
  }

  /** The text with spaces in place of comments and quoted texts, which may contain any bracket. */
  private static String blank(String text) {
    StringBuilder plain = new StringBuilder(text);
    int i = 0;
    while (i < text.length()) {
      int end = i;
      if (text.startsWith("\"\"\"", i)) {
        end = after(text.indexOf("\"\"\"", i + 3), 3, text);
      } else if (text.charAt(i) == '"') {
        end = quoted(text, i);
      } else if (text.charAt(i) == '#' || text.startsWith("//", i)) {
        end = after(text.indexOf('\n', i), 0, text);
      }
      for (int k = i; k < end; k++) {
        plain.setCharAt(k, text.charAt(k) == '\n' ? '\n' : ' ');
      }
      i = Math.max(end, i + 1);
    }
    return plain.toString();
  }

  private static int after(int found, int length, String text) {
    return found < 0 ? text.length() : found + length;
  }

  private static int quoted(String text, int start) {
    int i = start + 1;
    while (i < text.length() && text.charAt(i) != '"' && text.charAt(i) != '\n') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i + 1, text.length());
  }
}
