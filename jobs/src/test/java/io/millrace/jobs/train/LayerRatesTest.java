package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Layers with rates of their own, some of them frozen in some phases. */
class LayerRatesTest {
  private static final Blueprint NET = net();

  private static Blueprint net() {
    BlueprintBuilder net = new BlueprintBuilder();
    String at = net.dense("stem", net.input("in", Shape.of(2)), 3, false);
    at = net.dense("body.one", at, 3, false);
    at = net.dense("body.two", at, 3, true);
    return net.build(net.dense("head", at, 2, false));
  }

  private static LayerGroup group(double factor, String... layers) {
    return new LayerGroup(List.of(layers), factor);
  }

  @Test
  void withoutKeysThereAreNoGroups() {
    LayerRates rates = LayerRates.of(NET, List.of(), List.of(List.of(), List.of()));
    assertThat(rates.groups()).isEmpty();
    assertThat(rates.factors()).containsExactly(Map.of(), Map.of());
  }

  @Test
  void groupsHaveTheirFactors() {
    LayerRates rates =
        LayerRates.of(NET, List.of(group(0.1, "stem"), group(0.5, "body")), List.of(List.of()));
    assertThat(rates.groups())
        .isEqualTo(
            Map.of(
                "group1",
                List.of("stem.weight"),
                "group2",
                List.of("body.one.weight", "body.two.weight", "body.two.bias")));
    assertThat(rates.factors()).containsExactly(Map.of("group1", 0.1, "group2", 0.5));
  }

  @Test
  void phasesThatFreezePartsHaveTheSameGroups() {
    LayerRates rates =
        LayerRates.of(
            NET,
            List.of(group(0.5, "body")),
            List.of(List.of("stem", "body.one"), List.of("stem"), List.of()));
    assertThat(rates.groups())
        .isEqualTo(
            Map.of(
                "group1",
                List.of("stem.weight"),
                "group2",
                List.of("body.one.weight"),
                "group3",
                List.of("body.two.weight", "body.two.bias")));
    assertThat(rates.factors())
        .containsExactly(
            Map.of("group1", 0.0, "group2", 0.0, "group3", 0.5),
            Map.of("group1", 0.0, "group2", 0.5, "group3", 0.5),
            Map.of("group1", 1.0, "group2", 0.5, "group3", 0.5));
  }

  @Test
  void saysWhatIsWrongWithGroups() {
    assertThat(LayerRates.problem(NET, List.of(group(1, "stem"), group(1, "body")))).isEmpty();
    assertThat(LayerRates.problem(NET, List.of(group(1, "stem", "bodi"))))
        .contains("no layer is named bodi or begins with it; there are stem, body, head");
    assertThat(LayerRates.problem(NET, List.of(group(1, "body"), group(2, "head", "body.two"))))
        .contains("two groups claim body.two.weight: [body] and [head, body.two]; leave it in one");
    assertThat(LayerRates.problem(NET, List.of(group(1))))
        .contains("a group has no layers; name some in layers");
  }

  @Test
  void saysWhatIsWrongWithFreezing() {
    assertThat(LayerRates.freezeProblem(NET, List.of("stem", "body"))).isEmpty();
    assertThat(LayerRates.freezeProblem(NET, List.of("ste")))
        .contains("no layer is named ste or begins with it; there are stem, body, head");
    assertThat(LayerRates.freezeProblem(NET, List.of("stem", "body", "head")))
        .contains("it freezes every layer, and nothing is left to train");
  }
}
