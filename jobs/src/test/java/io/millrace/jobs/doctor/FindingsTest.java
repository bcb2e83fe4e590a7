package io.millrace.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingsTest {
  @ParameterizedTest
  @CsvSource({
    // read, decode, augment, assemble, train; threads; which holds back, feed's images a second
    "1e6, 1e8, 3e5, 6e5, 200,  1, TRAIN,    199600",
    "150, 1e8, 3e5, 6e5, 200,  1, READ,     150",
    "1e6, 300, 900, 9e4, 1000, 1, DECODE,   224",
    "1e6, 300, 900, 9e4, 1000, 4, DECODE,   898",
    "1e6, 300, 900, 9e4, 1000, 5, TRAIN,    1122",
    "1e6, 900, 300, 9e4, 1000, 1, AUGMENT,  224",
    "1e6, 1e8, 1e7, 900, 1000, 1, ASSEMBLE, 900",
    "500, 1e8, 1e7, 900, 1000, 2, READ,     500",
  })
  void namesTheBottleneck(
      double read,
      double decode,
      double augment,
      double assemble,
      double train,
      int threads,
      PictureStep expected,
      double feed) {
    Findings findings = findings(threads, 0.5, read, decode, augment, assemble, train);
    assertThat(findings.bottleneck()).isEqualTo(expected);
    assertThat(findings.feed()).isCloseTo(feed, within(feed * 0.01));
    assertThat(findings.sentence()).endsWith(".").doesNotContain("\n");
  }

  @Test
  void cachedStepsAreNoBottleneck() {
    assertThat(findings(1, 0.01, 150, 300, 900, 9e4, 1000).bottleneck())
        .isEqualTo(PictureStep.TRAIN);
  }

  @Test
  void suggestsWhatToChange() {
    assertThat(findings(1, 0.001, 1e6, 1e8, 3e5, 6e5, 236).sentence())
        .isEqualTo(
            "Training itself is the slowest part: a worker trains 236 images/s and its feed can"
                + " make 199,601; for a faster run take more workers on more cores, a smaller"
                + " network or a GPU.");
    assertThat(findings(1, 0.12, 1e6, 1e8, 3e5, 6e5, 236).sentence())
        .contains("(workers still waited 12 % of the time");
    assertThat(findings(1, 0.7, 1e6, 300, 900, 9e4, 1000).sentence())
        .startsWith("Decoding is the slowest part: a worker trains 1,000 images/s")
        .contains("feed.threads", "pyramid", "feed.pixels");
    assertThat(findings(1, 0.7, 1e6, 900, 300, 9e4, 1000).sentence())
        .contains("Augmentation is the slowest part (2 transforms, rotate takes most time)");
  }

  private static Findings findings(
      int threads,
      double waiting,
      double read,
      double decode,
      double augment,
      double assemble,
      double train) {
    return new Findings(
        List.of(
            new PartRate(PictureStep.READ, read, ""),
            new PartRate(PictureStep.DECODE, decode, ""),
            new PartRate(PictureStep.AUGMENT, augment, ""),
            new PartRate(PictureStep.ASSEMBLE, assemble, ""),
            new PartRate(PictureStep.TRAIN, train, "")),
        2,
        2,
        threads,
        waiting,
        "2 transforms, rotate takes most time");
  }
}
