package io.millrace.jobs.reference;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Text in GitHub's Markdown. */
final class Markdown {
  private Markdown() {}

  /** Plain text, with the characters escaped that mean something to Markdown. */
  static String words(String text) {
    return text.replaceAll("[\\\\*_`|]", "\\\\$0").replace("&", "&amp;").replace("<", "&lt;");
  }

  static String code(String text) {
    return "`" + text + "`";
  }

  static String codes(List<String> texts, String between) {
    return texts.stream().map(Markdown::code).collect(Collectors.joining(between));
  }

  /** A line of a table; a bar within a cell would end it, in code too. */
  static String row(String... cells) {
    return Stream.of(cells)
        .map(cell -> cell.replaceAll("(?<!\\\\)\\|", "\\\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  static String tableHead(String... names) {
    return row(names) + "|---".repeat(names.length) + "|\n";
  }

  static String link(String text, String heading) {
    return "[" + text + "](#" + anchor(heading) + ")";
  }

  /** GitHub's anchor of a heading: its letters, digits and hyphens; spaces become hyphens. */
  static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
  }
}
