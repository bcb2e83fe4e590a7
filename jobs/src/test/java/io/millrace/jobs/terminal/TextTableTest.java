package io.millrace.jobs.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void alignsColumnsOfATable() {
    assertThat(TextTable.table(List.of(List.of("a", "bb", "c"), List.of("äöü", "b", ""))))
        .isEqualTo("a    bb  c\näöü  b\n");
    assertThat(TextTable.table(List.of(List.of("模型", "ran"), List.of("x", "skipped"))))
        .isEqualTo("模型  ran\nx     skipped\n");
  }

  @Test
  void plainLineShowsRateAndTimeLeft() {
    ProgressState model = new ProgressState("model", 1200, 200, 4000, "images", 4, "loss 1.2");
    assertThat(PlainLines.line(model, List.of()))
        .isEqualTo("model 1,200 of 4,000 images, 250 images/s, 11.2 s left, loss 1.2");
    ProgressState worker = new ProgressState("worker 1", 600, 0, 2000, "images", 4, "");
    assertThat(PlainLines.line(model, List.of(worker, worker)))
        .endsWith(", loss 1.2 (worker 1 150/s, worker 1 150/s)");
    assertThat(PlainLines.line(new ProgressState("copy", 10, 0, -1, "files", 2, ""), List.of()))
        .isEqualTo("copy 10 files, 5.0 files/s");
    assertThat(PlainLines.line(new ProgressState("x", 0, 0, 5, "files", 2, ""), List.of()))
        .isEqualTo("x 0 of 5 files, 0.0 files/s");
  }
}
