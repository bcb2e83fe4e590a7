package io.millrace.jobs.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.cli.CommandLineDoor;
import io.millrace.jobs.cli.TinyPipeline;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.testing.Browser;
import io.millrace.testing.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages of real runs, with every job's real card, in a real browser. Takes about 50 s: two runs
 * of a pipeline, and then a browser that draws three pages in four ways.
 */
class PagesTest {
  private static final long MOST_BYTES = 5_000_000;

  @TempDir static Path folder;
  private static Browser browser;
  private static List<Path> pages;

  @BeforeAll
  static void runTwiceAndWriteThePages() throws IOException {
    Needs.that(
        Browser.isThere(), "there is no Chromium with its driver (Debian's chromium-driver)");
    String workspace = folder.resolve("ws").toString();
    String file = TinyPipeline.in(folder).toString();
    String set = "workspace=" + workspace;
    said("run", file, "--quiet", "--set", set);
    said("run", file, "--quiet", "--set", set, "--set", "params.epochs=2");
    List<Path> runs;
    try (Stream<Path> list = Files.list(Path.of(workspace, "runs"))) {
      runs = list.sorted().toList();
    }
    String shards;
    try (Stream<Path> list = Files.list(Path.of(workspace, "artifacts", "shards"))) {
      shards = list.findFirst().orElseThrow().toString();
    }
    pages =
        List.of(
            runs.get(1).resolve("report.html"),
            Path.of(lastLine(said("compare", runs.get(0).toString(), runs.get(1).toString()))),
            Path.of(lastLine(said("look", shards))));
    browser = Browser.start();
  }

  @AfterAll
  static void stop() throws IOException {
    SharedSpark.stop();
    if (browser != null) {
      browser.close();
    }
  }

  private static String said(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        CommandLineDoor.open(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
            .run(arguments);
    assertThat(status).as(err.toString(UTF_8)).isZero();
    return out.toString(UTF_8);
  }

  private static String lastLine(String text) {
    return text.lines().reduce((earlier, later) -> later).orElseThrow();
  }

  static Stream<Path> pages() {
    return pages.stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void pagesFitScreensAndBreakNoAccessibilityRule(Path page) throws IOException {
    assertThat(page).isRegularFile();
    assertThat(Files.size(page)).isLessThan(MOST_BYTES);
    for (int width : new int[] {390, 1440}) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.open(page, width, 900, dark);
        browser.ask("document.querySelectorAll('details').forEach(d => d.open = true)");
        browser.keepPicture(page.getFileName() + "-" + width + (dark ? "-dark" : ""));
        assertThat(browser.ask("return document.documentElement.scrollWidth"))
            .isEqualTo((long) width);
        // Its rules are about colours or about layout, so that each scheme and each width is
        // enough.
        if (dark == width > 1000) {
          assertThat(browser.seriousViolations()).as(page + " at " + width).isEmpty();
        }
        assertThat(browser.complaints()).isEmpty();
      }
    }
    assertThat(browser.ask("return document.querySelectorAll('img:not([alt])').length"))
        .isEqualTo(0L);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void pagesShowChartsAndPictures(Path page) throws IOException {
    browser.open(page, 1440, 900, false);
    boolean compared = page.endsWith("compare.html");
    Object drawn = browser.ask("return document.querySelectorAll('[data-chart] svg').length");
    Object shown =
        browser.ask(
            "return [...document.querySelectorAll('.picture img')].filter(i => i.naturalWidth).length");
    assertThat((long) drawn).isPositive();
    assertThat((long) shown > 0).isEqualTo(!compared);
  }
}
