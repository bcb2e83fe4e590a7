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
import org.junit.jupiter.api.Test;

/** Texts, help, pages and comments in everyday words: people read them in a second language. */
class PlainWordsTest {
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
          Map.entry("to the (very )?bits?", "bit for bit"),
          Map.entry("but for", "except, except for"),
          Map.entry("in vain", "without effect"),
          Map.entry("flatters?", "is too good"),
          Map.entry("h(eld|olds?) (\\w+ )?against", "compare with, check"),
          Map.entry("nobody (knows|tells)", "is unknown, or name who"),
          Map.entry("minus it to it", "[-x, x]"));

  // One pass tells whether any is there.
  private static final Pattern ANY =
      Pattern.compile(
          "\\b(" + String.join("|", INSTEAD.keySet()) + ")\\b", Pattern.CASE_INSENSITIVE);

  @Test
  void refusesUncommonWords() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : ProjectTexts.filesBut(PlainWordsTest.class)) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        Matcher word = ANY.matcher(lines.get(i));
        if (word.find()) {
          found.add(
              "%s:%d: %s -> %s"
                  .formatted(
                      ProjectTexts.ROOT.relativize(file),
                      i + 1,
                      lines.get(i).strip(),
                      instead(word.group())));
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
}
