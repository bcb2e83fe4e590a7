package io.millrace.jobs.showing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.model.Origin;
import io.millrace.jobs.predict.Predicted;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PredictionReportTest {
  private static final InputShape INPUT = new InputShape(3, 32, 32);
  private static final Model MODEL =
      new Model(
          URI.create("file:///m"),
          "d",
          new Linear(),
          "dl4j",
          INPUT,
          List.of("cat", "dog"),
          List.of(),
          List.of(),
          new Origin("s", "train", 0, 1));

  @Test
  void formatsCountsTheSameInEveryLocale() {
    Predicted predicted =
        new Predicted(
            URI.create("file:///out.csv"),
            4_001,
            2_000,
            INPUT,
            1_500,
            List.of(new Predicted.SizeCount(48, 64, 1_500)),
            List.of(new Predicted.ClassCount(0, "cat", 2_000)),
            List.of(new Predicted.ReasonCount("no picture file", 2_001, "notes.txt")));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      PredictionReport report = new PredictionReport(MODEL, predicted, 7_445);
      assertThat(report.text())
          .contains("cat    2,000     100.0 %\n")
          .contains("resized to 32x32: 1,500, from 64x48 (1,500)\n")
          .contains(
              "not readable: 2,001 of 4,001 files, no picture file (2,001, first notes.txt)\n")
          .endsWith("2,000 pictures in /out.csv (2:04:05 h)\n");
      assertThat(report.unreadable().orElseThrow())
          .startsWith("Cannot read 2,001 of 4,001 files: no picture file (2,001, first");
    } finally {
      Locale.setDefault(before);
    }
  }
}
