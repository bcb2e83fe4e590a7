package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.pipeline.job.JobContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DrawnBarsTest {
  private static final Pattern MOVE = Pattern.compile("\u001b\\[(\\d+)A");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Screen screen =
      new Screen(
          new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
          new PrintStream(bytes, true, UTF_8),
          true,
          80);

  @Test
  void twoBarsSideBySideKeepTheirLinesAndSentencesStandAboveThem() {
    try (DrawnBars bars = new DrawnBars(screen)) {
      try (JobContext.Progress one = bars.begin("one", 100, "images");
          JobContext.Progress two = bars.begin("two", -1, "files")) {
        one.advance(50);
        two.advance(7);
        await().until(() -> shown().stream().anyMatch(line -> line.contains("50/100")));
        // Without any further progress, as at the end of a round.
        one.note("loss 1.5");
        await().until(() -> shown().stream().anyMatch(line -> line.contains("loss 1.5")));
        await().until(() -> shown().stream().filter(l -> l.startsWith("two")).count() == 1);
        bars.say("a sentence");
        await().until(() -> shown().size() == 3);
        assertThat(shown().get(0)).isEqualTo("a sentence");
        assertThat(shown().subList(1, 3))
            .anyMatch(l -> l.startsWith("one"))
            .allMatch(l -> l.length() < 80);
        assertThat(shown().subList(1, 3))
            .anyMatch(l -> l.startsWith("one") && l.contains("50/100"));
      }
    }
    assertThat(shown()).containsExactly("a sentence");
  }

  /** What a terminal would show: lines printed, moved over and cleared. */
  private List<String> shown() {
    List<String> lines = new ArrayList<>();
    StringBuilder here = new StringBuilder();
    String text = bytes.toString(UTF_8);
    int at = 0;
    Matcher move = MOVE.matcher(text);
    while (at < text.length()) {
      if (text.startsWith("\u001b[0J", at)) {
        at += 4;
      } else if (move.region(at, text.length()).lookingAt()) {
        int up = Integer.parseInt(move.group(1));
        lines = new ArrayList<>(lines.subList(0, lines.size() - up));
        at = move.end();
      } else if (text.charAt(at) == '\n') {
        lines.add(here.toString());
        here.setLength(0);
        at++;
      } else {
        if (text.charAt(at) != '\r') {
          here.append(text.charAt(at));
        }
        at++;
      }
    }
    return lines;
  }
}
