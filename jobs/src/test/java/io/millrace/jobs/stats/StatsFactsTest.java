package io.millrace.jobs.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.card.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code show} says of channel statistics. */
class StatsFactsTest {
  @Test
  void namesChannels() {
    assertThat(StatsFacts.rows(statistics(0.25, 0.5, 1.0), "train"))
        .containsExactly(
            new Fact("images", "4,000 of split train"),
            new Fact("scale", "0 (black) to 1 (white)"),
            new Fact("red", "mean 0.2500, deviation 0.1250"),
            new Fact("green", "mean 0.5000, deviation 0.2500"),
            new Fact("blue", "mean 1.0000, deviation 0.5000"));
    assertThat(StatsFacts.rows(statistics(0.25), "test").get(2).name()).isEqualTo("grey");
  }

  private static Statistics statistics(Double... means) {
    List<Double> deviations = List.of(means).stream().map(mean -> mean / 2).toList();
    return new Statistics("d", 4_000, List.of(means), deviations, List.of(), List.of());
  }
}
