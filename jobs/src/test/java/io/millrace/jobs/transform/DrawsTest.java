package io.millrace.jobs.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.random.Bits;
import org.junit.jupiter.api.Test;

class DrawsTest {
  // Values of the contract, computed apart from this code in Python; they never change.
  @Test
  void drawsEqualThoseOfTheFirstRelease() {
    assertThat(Bits.idHash("data_batch_1#17")).isEqualTo(-359121696110007941L);
    assertThat(Bits.idHash("größe/狗.jpg")).isEqualTo(8769167544295538915L);
    Draws draws = Draws.of(7, 3, Bits.idHash("data_batch_1#17"));
    assertThat(draws.key()).isEqualTo(8501714457141836998L);
    assertThat(draws.bits(1, 0)).isEqualTo(7241868358840579899L);
    assertThat(draws.below(1, 0, 9)).isEqualTo(3);
    assertThat(draws.below(1, 1, 9)).isEqualTo(2);
    assertThat(draws.happens(2, 0, 0.5)).isEqualTo(true);
  }

  @Test
  void drawsDependOnSeedEpochAndId() {
    Draws draws = Draws.of(7, 3, 11);
    assertThat(Draws.of(8, 3, 11)).isNotEqualTo(draws);
    assertThat(Draws.of(7, 4, 11)).isNotEqualTo(draws);
    assertThat(Draws.of(7, 3, 12)).isNotEqualTo(draws);
    assertThat(draws.bits(1, 0)).isNotEqualTo(draws.bits(0, 0)).isNotEqualTo(draws.bits(1, 1));
  }

  @Test
  void numbersStayBelowTheirBound() {
    assertThat(Bits.below(0, 9)).isZero();
    assertThat(Bits.below(-1, 9)).isEqualTo(8);
    assertThat(Bits.below(Long.MIN_VALUE, 9)).isEqualTo(4);
    assertThat(Bits.unit(-1)).isLessThan(1);
  }
}
