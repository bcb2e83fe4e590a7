package io.millrace.jobs.shard;

import java.util.Locale;

/** A text as a double-quoted scalar of YAML, the only form that can hold any text on one line. */
final class QuotedYaml {
  private static final int LAST_ASCII = 0x7E;
  private static final int REPLACEMENT = 0xFFFD;

  private QuotedYaml() {}

  static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(each -> append(each, quoted));
    return quoted.append('"').toString();
  }

  private static void append(int codePoint, StringBuilder quoted) {
    if (codePoint == '"' || codePoint == '\\') {
      quoted.append('\\').append((char) codePoint);
    } else if (codePoint == '\n') {
      quoted.append("\\n");
    } else if (stands(codePoint)) {
      quoted.appendCodePoint(codePoint);
    } else if (Character.getType(codePoint) == Character.SURROGATE) {
      // Half of a surrogate pair is not a character and can't be written in UTF-8.
      escape(REPLACEMENT, quoted);
    } else {
      escape(codePoint, quoted);
    }
  }

  private static void escape(int codePoint, StringBuilder quoted) {
    String form = Character.isBmpCodePoint(codePoint) ? "\\u%04X" : "\\U%08X";
    quoted.append(String.format(Locale.ROOT, form, codePoint));
  }

  /**
   * Whether it needs no escape: it does not break the line, is visible, and every reader accepts
   * it.
   */
  private static boolean stands(int codePoint) {
    if (codePoint <= LAST_ASCII) {
      return codePoint >= ' ';
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
