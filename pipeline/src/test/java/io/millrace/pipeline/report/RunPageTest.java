package io.millrace.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.testing.Browser;
import io.millrace.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in a real browser. Takes about 35 s: a browser draws the page eight times, and waits for
 * its reload after 10 s.
 */
class RunPageTest {
  private static final Map<String, Object> END =
      Map.of(
          "time", "2026-11-21T10:01:05Z", "event", "run-ended", "succeeded", true, "seconds", 65.0);
  private static final Instant NOW = Instant.parse("2026-11-21T10:01:05Z");

  private static Browser browser;
  @TempDir Path folder;

  @BeforeAll
  static void startBrowser() throws IOException {
    Needs.that(
        Browser.isThere(), "there is no Chromium with its driver (Debian's chromium-driver)");
    browser = Browser.start();
  }

  @AfterAll
  static void stopBrowser() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private Path page(Map<String, Object> end) throws IOException {
    String html = new RunPage(SampleRun.jobs()).html(SampleRun.record(end), NOW);
    return Files.writeString(folder.resolve("report.html"), html);
  }

  @ParameterizedTest
  @CsvSource({"390,false", "390,true", "1440,false", "1440,true"})
  void pageFitsScreenWithoutErrorsOrAccessibilityViolations(int width, boolean dark)
      throws IOException {
    Path page = page(END);
    browser.open(page, width, 900, dark);
    browser.ask("document.querySelectorAll('details').forEach(d => d.open = true)");
    browser.keepPicture("run-" + width + (dark ? "-dark" : ""));
    assertThat(browser.ask("return document.documentElement.scrollWidth")).isEqualTo((long) width);
    assertThat(browser.ask("return document.querySelectorAll('[data-chart] svg path').length"))
        .asString()
        .matches("\\d{2,}");
    // Its rules are about colours or about layout, so that each scheme and each width is enough.
    if (dark == width > 1000) {
      assertThat(browser.seriousViolations()).isEmpty();
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void escapesNamesInHtml() throws IOException {
    browser.open(page(END), 1440, 900, false);
    assertThat(browser.ask("return document.querySelectorAll('script').length")).isEqualTo(2L);
    assertThat(browser.ask("return document.querySelector('h1').textContent").toString())
        .startsWith("sample " + SampleRun.SCRIPT);
    assertThat(
            browser.ask(
                "return [...document.querySelector('.matrix').querySelectorAll('tbody th')].map(h => h.textContent)"))
        .isEqualTo(SampleRun.NAMES);
  }

  @Test
  void clickEnlargesPictureAndButtonClosesIt() throws IOException {
    browser.open(page(END), 1440, 900, false);
    browser.ask("document.querySelector('.picture').click()");
    assertThat(browser.ask("return document.getElementById('zoom').open")).isEqualTo(true);
    assertThat(browser.ask("return document.querySelector('#zoom img').alt"))
        .isEqualTo("cat, picture 0");
    browser.ask("document.querySelector('#zoom button').click()");
    assertThat(browser.ask("return document.getElementById('zoom').open")).isEqualTo(false);
  }

  @Test
  void pageReloadsOnlyWhileTheRunLasts() throws IOException {
    Path page = page(Map.of());
    browser.open(page, 390, 800, false);
    assertThat(browser.ask("return document.documentElement.dataset.live"))
        .isEqualTo(String.valueOf(NOW.toEpochMilli()));
    page(END);
    // The page of the run at work takes the new one's place by itself.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                browser
                    .ask("return document.documentElement.dataset.live === undefined")
                    .equals(true));
    assertThat(browser.complaints()).isEmpty();
  }
}
