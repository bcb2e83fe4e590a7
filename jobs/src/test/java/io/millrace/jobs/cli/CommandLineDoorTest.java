package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineDoorTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** All but fetch, which has a command of its own. */
  static Stream<Arguments> examples() {
    return JobCatalogue.installed().all().stream()
        .filter(job -> !job.name().equals("fetch"))
        .flatMap(job -> job.examples().stream().map(example -> Arguments.of(job, example)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void flagsAcceptTheExamplesOfEveryJob(Job<?> job, String example) {
    List<String> words = words(example);
    assertThat(words.subList(0, 2)).containsExactly("millrace", job.name());
    if (!job.name().equals("lr-find")) {
      assertThat(words).contains("--output");
    }
    words.add("--help");
    assertThat(run(words.subList(1, words.size()))).isEqualTo(Status.DONE);
    words.remove("--help");
    if (job.name().equals("synthesize")) {
      // It would run: nothing that it reads can be missing.
      return;
    }
    assertThat(run(words.subList(1, words.size()))).isEqualTo(Status.MISUSED);
    assertThat(err.toString(UTF_8).lines().filter(line -> !line.endsWith("nothing was run.")))
        .isNotEmpty()
        .allMatch(line -> line.contains("is not there"));
  }

  @Test
  void forceWithoutStageTakesNoValue() {
    assertThat(run(List.of("plan", "--force", "no.conf"))).isEqualTo(Status.MISUSED);
    assertThat(err.toString(UTF_8)).contains("no.conf").doesNotContain("FILE");
  }

  @Test
  void showsPercentSignInDescriptions() {
    assertThat(run(List.of("ingest", "--help"))).isEqualTo(Status.DONE);
    assertThat(out.toString(UTF_8)).contains("(default: 1%)");
  }

  private int run(List<String> words) {
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(words.toArray(String[]::new));
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }
}
