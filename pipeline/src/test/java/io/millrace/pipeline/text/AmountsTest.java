package io.millrace.pipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.00 s",
    "0.042, 0.04 s",
    "9.994, 9.99 s",
    "9.996, 10.0 s",
    "12.34, 12.3 s",
    "119.9, 119.9 s",
    "119.96, 2:00 min",
    "125.4, 2:05 min",
    "3599.4, 59:59 min",
    "3599.6, 1:00:00 h",
    "7445, 2:04:05 h",
    "360000, 100:00:00 h"
  })
  void formatsLargerSecondsMoreCoarsely(double seconds, String text) {
    assertThat(Amounts.seconds(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1, 1 byte",
    "999, 999 bytes",
    "1000, 1.0 kB",
    "1500, 1.5 kB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "999999, 1.0 MB",
    "19500000, 19.5 MB",
    "999999999999, 1.0 TB",
    "9223372036854775807, '9,223.4 PB'"
  })
  void formatsBytesInUnitsOfAThousand(long bytes, String text) {
    assertThat(Amounts.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1023, '1,023 bytes'",
    "402653184, 384.0 MiB",
    "1073741823, 1.0 GiB",
    "2147483648, 2.0 GiB"
  })
  void memoryIsShownInTheUnitsThatItIsSetIn(long bytes, String text) {
    assertThat(Amounts.memory(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.2S, 200 ms",
    "PT1.5S, '1,500 ms'",
    "PT1S, 1 s",
    "PT90S, 90 s",
    "PT5M, 5 min",
    "PT36H, 36 h",
    "P1D, 1 day",
    "P7D, 7 days"
  })
  void aTimeThatWasSetIsNotRounded(Duration duration, String text) {
    assertThat(Amounts.duration(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 images/s",
    "9.44, 9.4 images/s",
    "9.96, 10 images/s",
    "310.4, 310 images/s",
    "12345, '12,345 images/s'"
  })
  void aSlowRateHasADigitMore(double perSecond, String text) {
    assertThat(Amounts.rate(perSecond, "images")).isEqualTo(text);
  }

  @Test
  void formatsRatesOfBytes() {
    assertThat(Amounts.bytesPerSecond(5_149_000.4)).isEqualTo("5.1 MB/s");
  }

  @ParameterizedTest
  @CsvSource({
    "0.27142, 0.2714",
    "0.000012345, 1.235e-05",
    "381.26, 381.3",
    "999.94, 999.9",
    "1234.5, '1,235'",
    "-65432.1, '-65,432'",
    "999999999, '999,999,999'",
    "1e38, 1.000e+38",
    "NaN, NaN",
    "-Infinity, -Infinity"
  })
  void aFigureHasFourDigits(double number, String text) {
    assertThat(Amounts.figure(number)).isEqualTo(text);
  }

  @Test
  void formatsCountsWithCommasAndNoun() {
    assertThat(Amounts.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Amounts.count(0, "picture")).isEqualTo("0 pictures");
    assertThat(Amounts.count(1, "picture")).isEqualTo("1 picture");
    assertThat(Amounts.count(1_000, "picture")).isEqualTo("1,000 pictures");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, 0 %",
    "0, 0, 0 %",
    "1, 1000000, < 0.01 %",
    "1, 10000, 0.01 %",
    "1, 200, 0.50 %",
    "1, 50, 2.0 %",
    "1, 8, 13 %",
    "5, 5, 100 %"
  })
  void formatsSmallSharesAboveZero(long part, long whole, String text) {
    assertThat(Amounts.share(part, whole)).isEqualTo(text);
  }

  @Test
  void formatsPercentTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Amounts.percent(0.9394)).isEqualTo("93.9 %");
      assertThat(Amounts.percent(0.0123, 2)).isEqualTo("1.23 %");
      assertThat(Amounts.percent(1, 0)).isEqualTo("100 %");
      assertThat(Amounts.count(1_234)).isEqualTo("1,234");
    } finally {
      Locale.setDefault(before);
    }
  }
}
