package io.millrace.jobs.loss;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "epoch",
        "round",
        "images",
        "learning-rate",
        "momentum",
        "seconds",
        "worker-images-per-second",
        "times",
        "validation-loss"
      })
  void refusesNamesOfTheRecordsOwnFields(String name) {
    assertThatThrownBy(() -> new Measure(name, Measure.Unit.NUMBER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void acceptsOtherNames() {
    assertThatCode(() -> new Measure("critic", Measure.Unit.NUMBER)).doesNotThrowAnyException();
  }
}
