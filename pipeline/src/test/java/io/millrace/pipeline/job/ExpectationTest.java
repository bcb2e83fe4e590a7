package io.millrace.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationTest {
  private static final Map<String, Object> FIGURES = new LinkedHashMap<>();

  static {
    FIGURES.put("accuracy", 0.85);
    FIGURES.put("in", 200L);
    FIGURES.put("quarantined", 3L);
    FIGURES.put("top5", 1.0);
  }

  @ParameterizedTest
  @CsvSource({
    "accuracy >= 0.85, true",
    "accuracy > 0.85, false",
    "accuracy>=0.9, false",
    "accuracy >= 80%, true",
    "accuracy < 1, true",
    "quarantined <= 2%, true",
    "quarantined <= 1.4%, false",
    "quarantined <= 2, false",
    "quarantined == 3, true",
    "top5 >= 1e0, true"
  })
  void comparesFigures(String text, boolean met) {
    assertThat(Expectation.of(text).failure(FIGURES).isEmpty()).isEqualTo(met);
  }

  @Test
  void saysWhatTheFigureIs() {
    assertThat(Expectation.of("accuracy >= 0.9").failure(FIGURES))
        .contains("accuracy is 0.850000, and the stage expects accuracy >= 0.9");
    assertThat(Expectation.of("quarantined <= 1%").failure(FIGURES))
        .contains("quarantined is 1.500 %, and the stage expects quarantined <= 1%");
    assertThat(Expectation.of("loss < 1").failure(FIGURES))
        .contains(
            "there is no figure loss, and the stage expects loss < 1; its figures are accuracy, in, quarantined, top5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"accuracy", "accuracy >= ", ">= 0.9", "accuracy => 0.9", "a >= 1.2.3"})
  void refusesWhatIsNoComparison(String text) {
    assertThatThrownBy(() -> Expectation.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not an expectation");
  }
}
