package io.millrace.pipeline.report;

import io.millrace.pipeline.text.Amounts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** Formats times, names and figures for a page. */
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private Words() {}

  /** {@code 2026-11-21 14:32:01 UTC}. */
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** A text of at most so many columns, wide letters such as Chinese ones counting two. */
  static String cut(String text, int columns) {
    int used = 0;
    StringBuilder kept = new StringBuilder();
    for (int letter : text.codePoints().toArray()) {
      used += isWide(letter) ? 2 : 1;
      if (used > columns) {
        kept.setLength(kept.offsetByCodePoints(kept.length(), -1));
        return kept + "…";
      }
      kept.appendCodePoint(letter);
    }
    return text;
  }

  private static boolean isWide(int letter) {
    return Character.isIdeographic(letter)
        || Character.UnicodeScript.of(letter) == Character.UnicodeScript.HANGUL
        || Character.UnicodeScript.of(letter) == Character.UnicodeScript.HIRAGANA
        || Character.UnicodeScript.of(letter) == Character.UnicodeScript.KATAKANA;
  }

  /** A text for any value of a job's figures. */
  static String value(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return Amounts.count(((Number) value).longValue());
    }
    if (value instanceof Double number) {
      return Amounts.figure(number);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Words::value).collect(Collectors.joining(", "));
    }
    return String.valueOf(value);
  }
}
