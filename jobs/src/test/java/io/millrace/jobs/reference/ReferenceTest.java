package io.millrace.jobs.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.cli.CommandLineDoor;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.spec.FlagReader;
import io.millrace.pipeline.spec.Variants;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/reference.md} is what the classes say; what this test finds is left in {@code
 * target/reference.md}.
 */
class ReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "reference.md");
  private static final Path FOUND = Path.of("target", "reference.md");

  /** Lines of a text that another lacks. */
  private static List<String> missing(String lacking, String text) {
    Set<String> there = lacking.lines().collect(Collectors.toSet());
    return text.lines().filter(line -> !there.contains(line)).toList();
  }

  private static String printed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, UTF_8);
    assertThat(CommandLineDoor.open(stream, System.err).run("list", "reference")).isZero();
    return out.toString(UTF_8);
  }

  @Test
  void pageEqualsWhatTheClassesSay() throws IOException {
    String found = printed();
    Files.createDirectories(FOUND.getParent());
    Files.writeString(FOUND, found);
    String page = Files.exists(PAGE) ? Files.readString(PAGE) : "";
    assertThat(page.equals(found))
        .as(
            "docs/reference.md is out of date: copy jobs/%s over it; lines that come: %s; that go:"
                + " %s",
            FOUND, missing(page, found), missing(found, page))
        .isTrue();
  }

  @Test
  void pageListsEveryKeyOfEveryJob() {
    String page = printed();
    for (Job<?> job : JobCatalogue.installed().all()) {
      String section = page.substring(page.indexOf("### Job `" + job.name() + "`"));
      assertThat(section).contains(job.summary(), "Version " + job.version() + ".");
      FlagReader.flags(job).stream()
          .filter(flag -> !flag.path().contains("."))
          .forEach(flag -> assertThat(section).contains("| `" + flag.path() + "` |"));
    }
  }

  @Test
  void everyChoiceHasSummaryAndExample() {
    ChoiceIndex index = new ChoiceIndex();
    JobCatalogue.installed().all().forEach(job -> index.add(job.name(), job.parameters()));
    assertThat(index.types()).hasSizeGreaterThan(5);
    for (Class<?> type : index.types()) {
      for (Variant variant : Variants.of(type)) {
        assertThat(variant.summary()).as("@Variant(summary) of " + variant.value()).isNotBlank();
        assertThat(variant.example()).contains(variant.value());
      }
    }
  }
}
