package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonIntervalTest {
  /** Newcombe 1998, table I, method 3. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void equalsPublishedIntervals(long part, long whole, double low, double high) {
    WilsonInterval interval = WilsonInterval.of(part, whole);
    assertThat(interval.low()).isCloseTo(low, within(5e-5));
    assertThat(interval.high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void staysBetweenZeroAndOneAndIsSymmetric() {
    for (long whole = 1; whole < 60; whole++) {
      for (long part = 0; part <= whole; part++) {
        WilsonInterval one = WilsonInterval.of(part, whole);
        WilsonInterval other = WilsonInterval.of(whole - part, whole);
        double share = (double) part / whole;
        assertThat(one.low()).isBetween(0.0, share);
        assertThat(one.high()).isBetween(share, 1.0);
        assertThat(one.low()).isCloseTo(1 - other.high(), within(1e-12));
      }
    }
  }

  @Test
  void refusesZeroTrialsAndMoreSuccessesThanTrials() {
    assertThatThrownBy(() -> WilsonInterval.of(0, 0)).hasMessageContaining("0 of 0");
    assertThatThrownBy(() -> WilsonInterval.of(3, 2)).hasMessageContaining("3 of 2");
  }
}
