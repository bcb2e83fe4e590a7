package io.millrace.jobs.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.jobs.terminal.TerminalSize.Cells;
import io.millrace.pipeline.job.JobContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The bars on a terminal, by a clock that stands still unless the test moves it. */
class DrawnBarsTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, UTF_8);
  private final AtomicLong nanos = new AtomicLong();

  private DrawnBars bars(int columns, int rows) {
    return new DrawnBars(err, () -> new Cells(columns, rows), nanos::get);
  }

  private List<String> shown(int columns) {
    return new Terminal(columns).shown(bytes.toString(UTF_8));
  }

  @Test
  void keepsBarsInPlaceBelowSentences() {
    try (DrawnBars bars = bars(80, 24)) {
      try (JobContext.Progress one = bars.begin("one", 100, "images")) {
        JobContext.Progress two = bars.begin("two", -1, "files");
        nanos.set(TimeUnit.SECONDS.toNanos(2));
        one.advance(50);
        two.advance(7);
        one.note("loss 1.5");
        bars.draw();
        bars.say("a sentence");
        assertThat(shown(80))
            .containsExactly(
                "a sentence",
                "one  50 %  [=========>         ]  50 of 100 images  25/s  2.00 s left  loss 1.5",
                "two  7 files  3.5/s");
      }
      assertThat(shown(80)).containsExactly("a sentence", "two  7 files  3.5/s");
    }
    assertThat(shown(80)).containsExactly("a sentence");
  }

  @Test
  void drawsWorkersBelowTheirTraining() {
    try (DrawnBars bars = bars(60, 24)) {
      JobContext.Progress whole = bars.begin("model", 100, "images");
      JobContext.Progress first = whole.part("worker 1", 50);
      JobContext.Progress second = whole.part("worker 2", 50);
      bars.begin("other", -1, "files").advance(3);
      nanos.set(TimeUnit.SECONDS.toNanos(1));
      first.advance(25);
      second.already(10);
      second.advance(5);
      bars.draw();
      assertThat(shown(60)).hasSize(4);
      assertThat(shown(60).get(1)).startsWith("  worker 1  50 %").contains("25/s");
      // What an earlier attempt did is no speed of this one.
      assertThat(shown(60).get(2)).startsWith("  worker 2  30 %").contains("5.0/s");
      assertThat(shown(60).get(3)).startsWith("other");
      whole.close();
      assertThat(shown(60)).singleElement().asString().startsWith("other");
    }
  }

  @Test
  void redrawsAfterTheTerminalBecomesNarrower() {
    AtomicInteger columns = new AtomicInteger(100);
    try (DrawnBars bars = new DrawnBars(err, () -> new Cells(columns.get(), 24), nanos::get);
        JobContext.Progress work = bars.begin("model: train", 1000, "images")) {
      nanos.set(TimeUnit.SECONDS.toNanos(1));
      work.advance(300);
      work.note("loss 1.2, epoch 1/5");
      bars.draw();
      Terminal terminal = new Terminal(100);
      assertThat(terminal.shown(bytes.toString(UTF_8))).hasSize(1);
      int before = bytes.size();
      columns.set(40);
      bars.draw();
      terminal.resize(40);
      assertThat(terminal.shown(bytes.toString(UTF_8).substring(before)))
          .containsExactly("model: train  30 %  loss 1.2, epoch 1/5");
    }
  }

  @Test
  void showsOnlyTheFirstBarsInFewRows() {
    try (DrawnBars bars = bars(80, 4)) {
      for (int i = 0; i < 9; i++) {
        bars.begin("work " + i, 10, "files");
      }
      assertThat(shown(80)).hasSize(3);
    }
  }

  @Test
  void redrawsBarsPeriodically() {
    try (DrawnBars bars = bars(80, 24);
        JobContext.Progress work = bars.begin("work", 10, "files")) {
      work.advance(5);
      await().until(() -> shown(80).get(0).contains("50 %"));
    }
  }
}
