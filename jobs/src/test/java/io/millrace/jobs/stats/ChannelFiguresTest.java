package io.millrace.jobs.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChannelFiguresTest {
  /** Pixels of 10^8 images of a million pixels. */
  private static final long MANY = 100_000_000L * 1_000_000L;

  @Property(tries = 200)
  void meanAndDeviationEqualTextbookFormulas(@ForAll @Size(min = 1, max = 300) byte[] pixels) {
    double mean = 0;
    for (byte pixel : pixels) {
      mean += (pixel & 0xff) / 255.0 / pixels.length;
    }
    double variance = 0;
    for (byte pixel : pixels) {
      variance += Math.pow((pixel & 0xff) / 255.0 - mean, 2) / pixels.length;
    }
    Histograms histograms = new Histograms(1);
    histograms.add(pixels.length, pixels, 0);
    ChannelFigures figures = ChannelFigures.of(histograms.channel(0));

    assertThat(figures.count()).isEqualTo(pixels.length);
    assertThat(figures.mean()).isCloseTo(mean, within(1e-13));
    assertThat(figures.std()).isCloseTo(Math.sqrt(variance), within(1e-13));
  }

  @Property(tries = 100)
  void addsPartsInAnyOrder(
      @ForAll @Size(3 * 4 * 5 * 2) byte[] pixels, @ForAll @IntRange(min = 0, max = 1) int first) {
    Histograms whole = new Histograms(3);
    whole.add(20, pixels, 0);
    whole.add(20, pixels, 60);
    Histograms sum = new Histograms(3);
    for (int i = 0; i < 2; i++) {
      Histograms part = new Histograms(3);
      part.add(20, pixels, (first + i) % 2 * 60);
      sum.add(part);
    }
    for (int c = 0; c < 3; c++) {
      assertThat(sum.channel(c)).isEqualTo(whole.channel(c));
    }
    assertThat(sum.images()).isEqualTo(2);
  }

  @Example
  void countsAHundredMillionLargeImages() {
    long[] histogram = new long[Histograms.VALUES];
    histogram[0] = MANY;
    histogram[255] = MANY;
    ChannelFigures figures = ChannelFigures.of(histogram);
    assertThat(figures.count()).isEqualTo(2 * MANY);
    assertThat(figures.mean()).isEqualTo(0.5);
    assertThat(figures.std()).isEqualTo(0.5);
    assertThat(figures.minimum()).isZero();
    assertThat(figures.maximum()).isEqualTo(255);
  }

  @Example
  void constantHasZeroDeviation() {
    long[] histogram = new long[Histograms.VALUES];
    histogram[254] = MANY;
    assertThat(ChannelFigures.of(histogram).std()).isZero();
    assertThat(ChannelFigures.of(histogram).mean()).isEqualTo(254 / 255.0);
  }
}
