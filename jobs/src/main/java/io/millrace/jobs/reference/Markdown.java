package io.millrace.jobs.reference;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words in GitHub's Markdown. */
final class Markdown {
  private Markdown() {}

  /** Plain words, of which none means anything to Markdown. */
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

  /** What GitHub calls a heading's place: its letters, digits, hyphens; spaces are hyphens. */
  static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
  }
}
