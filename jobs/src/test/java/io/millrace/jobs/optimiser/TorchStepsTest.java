package io.millrace.jobs.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Initial;
import io.millrace.jobs.architecture.TensorKind;
import io.millrace.jobs.architecture.TensorSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten steps against values that torch.optim made; the script stands beside them. */
class TorchStepsTest {
  private static final int STEPS = 10;
  private static final Map<String, Optimiser> CASES =
      Map.of(
          "sgd-plain", new Optimiser.Sgd(0, false),
          "sgd-momentum", new Optimiser.Sgd(0, false),
          "sgd-decay", new Optimiser.Sgd(1e-2, false),
          "sgd-nesterov", new Optimiser.Sgd(1e-2, true),
          "adam", new Optimiser.Adam(0.999, 1e-8, 0, false),
          "adam-decay", new Optimiser.Adam(0.999, 1e-8, 1e-2, false),
          "adamw", new Optimiser.Adam(0.999, 1e-8, 1e-2, true));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd-plain",
        "sgd-momentum",
        "sgd-decay",
        "sgd-nesterov",
        "adam",
        "adam-decay",
        "adamw"
      })
  void tenStepsEqualThoseOfTorch(String name) throws IOException {
    float[][] expected = expected(name);
    float[] weights = expected[0].clone();
    UpdateRule rule = CASES.get(name).rule(layout(weights.length));
    for (int step = 0; step < STEPS; step++) {
      rule.update(weights, gradient(step, weights.length), hyper(name, step));
      assertWithinOneUlp(name + " step " + (step + 1), weights, expected[step + 1]);
    }
    assertThat(rule.state().tensor("steps").orElseThrow().values()).containsExactly(STEPS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd-momentum", "adam"})
  void continuesWithTheSameBitsAfterRestore(String name) throws IOException {
    float[] whole = expected(name)[0].clone();
    UpdateRule undisturbed = CASES.get(name).rule(layout(whole.length));
    for (int step = 0; step < STEPS; step++) {
      undisturbed.update(whole, gradient(step, whole.length), hyper(name, step));
    }
    float[] halves = expected(name)[0].clone();
    UpdateRule first = CASES.get(name).rule(layout(halves.length));
    for (int step = 0; step < STEPS / 2; step++) {
      first.update(halves, gradient(step, halves.length), hyper(name, step));
    }
    UpdateRule second = CASES.get(name).rule(layout(halves.length));
    second.restore(first.state());
    for (int step = STEPS / 2; step < STEPS; step++) {
      second.update(halves, gradient(step, halves.length), hyper(name, step));
    }
    assertThat(halves).containsExactly(whole);
  }

  @Test
  void momentumZeroKeepsTheBuffer() {
    UpdateRule rule = new Optimiser.Sgd(0, false).rule(layout(1));
    float[] weights = {1};
    rule.update(weights, new float[] {2}, new Hyper(0.5, 0.9));
    rule.update(weights, new float[] {4}, new Hyper(0.5, 0));
    assertThat(rule.state().tensor("momentum").orElseThrow().values()).containsExactly(2);
    assertThat(weights).containsExactly(-2);
  }

  /** Several tensors, so that steps go by layer; the last takes what is left. */
  private static Layout layout(int length) {
    List<TensorSpec> tensors = new ArrayList<>();
    int third = length / 3;
    for (int size : new int[] {third, third, length - 2 * third}) {
      if (size > 0) {
        tensors.add(
            new TensorSpec(
                "layer" + tensors.size() + ".weight",
                new int[] {size},
                TensorKind.WEIGHT,
                new Initial.Constant(0)));
      }
    }
    return Layout.of(tensors);
  }

  /** As in PyTorch, where a parameter counts the steps that it took itself. */
  @Test
  void layersFrozenBeforeStartAtTheirFirstStep() {
    Layout layout = layout(9).grouped(Map.of("body", List.of("layer0")));
    UpdateRule rule = CASES.get("adam").rule(layout);
    float[] weights = new float[9];
    for (int step = 0; step < STEPS; step++) {
      rule.update(weights, gradient(step, 9), new Hyper(0.1, 0.9, Map.of("body", 0.0)));
    }
    assertThat(weights).startsWith(0, 0, 0);
    UpdateRule resumed = CASES.get("adam").rule(layout);
    resumed.restore(rule.state());
    resumed.update(weights, gradient(3, 9), new Hyper(0.1, 0.9));
    UpdateRule fresh = CASES.get("adam").rule(layout(9));
    float[] expected = new float[9];
    fresh.update(expected, gradient(3, 9), new Hyper(0.1, 0.9));
    assertThat(Arrays.copyOf(weights, 3)).isEqualTo(Arrays.copyOf(expected, 3));
  }

  private static Hyper hyper(String name, int step) {
    return new Hyper(0.1 / (1 + step), name.equals("sgd-plain") ? 0 : 0.95 - 0.01 * step);
  }

  private static float[] gradient(int step, int length) {
    float[] gradient = new float[length];
    for (int i = 0; i < length; i++) {
      gradient[i] = (float) (((i * 53 + step * 29) % 97 - 48) / 41.0);
    }
    return gradient;
  }

  private static void assertWithinOneUlp(String what, float[] actual, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .as("%s, weight %s", what, i)
          .isCloseTo(expected[i], within(Math.ulp(expected[i])));
    }
  }

  private static float[][] expected(String name) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(TorchStepsTest.class.getResourceAsStream("torch_steps.csv")),
                StandardCharsets.US_ASCII))) {
      return lines
          .lines()
          .map(line -> List.of(line.split(",", -1)))
          .filter(fields -> fields.get(0).equals(name))
          .map(fields -> floats(fields.subList(2, fields.size())))
          .toArray(float[][]::new);
    }
  }

  private static float[] floats(List<String> bits) {
    float[] values = new float[bits.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(bits.get(i), 16));
    }
    return values;
  }
}
