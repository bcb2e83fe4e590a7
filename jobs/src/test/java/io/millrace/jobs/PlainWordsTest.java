package io.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts, help, pages and comments in everyday words: people read them in a second language. */
class PlainWordsTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> PLACES =
      List.of("pipeline/src", "jobs/src", "bench", "sbin", "conf", "docs");
  private static final Pattern TEXT = Pattern.compile(".*\\.(java|jte|md|sh|conf)|sbin/\\w+");

  /** What is not to be written, as an expression, and what to write instead. */
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("mend(s|ed|ing)?", "fix, correct, repair"),
          Map.entry("anew", "again"),
          Map.entry("whoever", "anyone who, or name it"),
          Map.entry("lest", "so that ... not"),
          Map.entry("dear(er|ly)?", "expensive"),
          Map.entry("in peace", "alone"),
          Map.entry("goes? on from", "resumes from"),
          Map.entry("hangs? on (it|what|the|them)", "depends on"),
          Map.entry("does not serve", "does not work, does not fit"),
          Map.entry("(hence|thereby|thereof|wherein|whence|henceforth)", "so, with it, of it"),
          Map.entry("(betwixt|amidst|whilst|oft|nay|ere)", "between, while, often"),
          Map.entry("gone on with", "resumed, continued"),
          Map.entry("holds? (it|this|the run|this run) back", "limits, slows down"),
          Map.entry("in the making", "being made"),
          Map.entry("to the (very )?bits?", "bit for bit"));

  // One pass tells whether any is there.
  private static final Pattern ANY =
      Pattern.compile(
          "\\b(" + String.join("|", INSTEAD.keySet()) + ")\\b", Pattern.CASE_INSENSITIVE);

  @Test
  void nothingIsWrittenInWordsThatMustBeLookedUp() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files()) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        Matcher word = ANY.matcher(lines.get(i));
        if (word.find()) {
          found.add(
              "%s:%d: %s -> %s"
                  .formatted(
                      ROOT.relativize(file), i + 1, lines.get(i).strip(), instead(word.group())));
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static String instead(String word) {
    return INSTEAD.entrySet().stream()
        .filter(it -> Pattern.matches("(?i)" + it.getKey(), word))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> pages = Files.list(ROOT)) {
      pages.filter(it -> it.toString().endsWith(".md")).forEach(files::add);
    }
    for (String place : PLACES) {
      try (Stream<Path> all = Files.walk(ROOT.resolve(place))) {
        all.filter(Files::isRegularFile)
            .filter(it -> TEXT.matcher(ROOT.relativize(it).toString()).matches())
            .filter(it -> !it.toString().contains("/target/"))
            .filter(it -> !it.endsWith("PlainWordsTest.java"))
            .forEach(files::add);
      }
    }
    assertThat(files).hasSizeGreaterThan(1000);
    return files;
  }
}
