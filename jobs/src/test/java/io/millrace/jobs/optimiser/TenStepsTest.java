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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten steps of each optimiser on two small problems, against what PyTorch or the paper's formula
 * gives in double precision; the script that made it stands beside the values.
 */
class TenStepsTest {
  private static final int STEPS = 10;
  private static final double MOMENTUM = 0.9;
  private static final Map<String, Case> CASES = new LinkedHashMap<>();

  private record Case(Optimiser optimiser, double rate, double momentum) {}

  static {
    add("sgd", new Optimiser.Sgd(0, false), 1e-4, 0);
    add("momentum", new Optimiser.Sgd(0, false), 1e-4, MOMENTUM);
    add("dampened", new Optimiser.Sgd(0, false, true, DecayOn.ALL), 1e-4, MOMENTUM);
    add("nesterov", new Optimiser.Sgd(0, true), 1e-4, MOMENTUM);
    add("sgd-decay", new Optimiser.Sgd(0.5, false), 1e-4, MOMENTUM);
    add("sgd-decay-weights", new Optimiser.Sgd(0.5, false, false, DecayOn.WEIGHTS), 1e-4, MOMENTUM);
    add("rmsprop", new RmsProp(0.99, 1e-8, 0, DecayOn.ALL), 1e-2, 0);
    add("rmsprop-momentum", new RmsProp(0.99, 1e-8, 0.1, DecayOn.ALL), 1e-3, MOMENTUM);
    add("adam", new Optimiser.Adam(0.999, 1e-8, 0, false), 1e-2, MOMENTUM);
    add(
        "adam-decay-weights",
        new Optimiser.Adam(0.999, 1e-8, 0.1, false, DecayOn.WEIGHTS),
        1e-2,
        MOMENTUM);
    add("adamw", new AdamW(0.999, 1e-8, 0.1, DecayOn.ALL), 1e-2, MOMENTUM);
    add("adamw-decay-weights", new AdamW(0.999, 1e-8, 0.1, DecayOn.WEIGHTS), 1e-2, MOMENTUM);
    add("lamb", new Lamb(0.999, 1e-6, 0.1, DecayOn.ALL), 1e-2, MOMENTUM);
    add("lars", new Lars(0.1, 0.1, DecayOn.ALL), 1e-2, MOMENTUM);
    add("lion", new Lion(0.99, 0.1, DecayOn.ALL), 1e-2, MOMENTUM);
    add("muon", new Muon(0.1, 0.015, 0.9, 0.95, 1e-10, DecayOn.ALL), 1e-2, MOMENTUM);
  }

  private static void add(String name, Optimiser optimiser, double rate, double momentum) {
    CASES.put(name, new Case(optimiser, rate, momentum));
  }

  static Stream<String> cases() {
    return CASES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepsOnTheRegressionAreThoseOfPyTorchAndThePapers(String name) throws IOException {
    assertSteps("line", name, TenStepsTest::ofLine);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepsOnSmallNetAreThoseOfPyTorchAndThePapers(String name) throws IOException {
    assertSteps("net", name, TenStepsTest::ofNet);
  }

  /** The figures of the course's spreadsheet. */
  @Test
  void firstStepOfTheRegressionIsThatOfTheLesson() {
    UpdateRule rule = CASES.get("sgd").optimiser().rule(layout("line"));
    float[] weights = {1, 1};
    rule.update(weights, ofLine(weights, 0), new Hyper(1e-4, 0));
    assertThat(weights).containsExactly(new float[] {1.12f, 1.01f}, within(0.005f));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void goesOnWithTheSameBitsAfterRestore(String name) throws IOException {
    Case tried = CASES.get(name);
    Hyper hyper = new Hyper(tried.rate(), tried.momentum());
    float[] weights = floats(expected("net", name)[0]);
    UpdateRule rule = tried.optimiser().rule(layout("net"));
    rule.update(weights, ofNet(weights, 0), hyper);
    float[] others = weights.clone();
    UpdateRule restored = tried.optimiser().rule(layout("net"));
    restored.restore(rule.state());
    rule.update(weights, ofNet(weights, 1), hyper);
    restored.update(others, ofNet(others, 1), hyper);
    assertThat(others).containsExactly(weights);
  }

  /** A convolution is a matrix with a row for each of its outputs. */
  @Test
  void muonFlattensConvolutions() {
    Muon muon = new Muon(0, 0.015, 0.9, 0.95, 1e-10, DecayOn.ALL);
    float[] matrix = {1, 2, 3, 4, 5, 6, 7, -8, 1};
    float[] kernel = matrix.clone();
    float[] gradient = {1, 0, 2, 0, 1, 1, 3, 1, 1};
    Hyper hyper = new Hyper(0.1, 0.9);
    muon.rule(twoWeights(2, 4)).update(matrix, gradient, hyper);
    muon.rule(twoWeights(2, 1, 2, 2)).update(kernel, gradient, hyper);
    assertThat(kernel).containsExactly(matrix).doesNotContain(1, 2, 3);
  }

  private interface Slopes {
    float[] at(float[] weights, int step);
  }

  private static void assertSteps(String problem, String name, Slopes slopes) throws IOException {
    Case tried = CASES.get(name);
    double[][] expected = expected(problem, name);
    float[] weights = floats(expected[0]);
    UpdateRule rule = tried.optimiser().rule(layout(problem));
    for (int step = 0; step < STEPS; step++) {
      rule.update(weights, slopes.at(weights, step), new Hyper(tried.rate(), tried.momentum()));
      for (int i = 0; i < weights.length; i++) {
        double wanted = expected[step + 1][i];
        assertThat((double) weights[i])
            .as("%s by %s, step %s, weight %s", problem, name, step + 1, i)
            .isCloseTo(wanted, within(1e-6 * Math.max(1, Math.abs(wanted))));
      }
    }
  }

  private static float[] ofLine(float[] weights, int step) {
    double x = new double[] {14, 3, 28, 9, 21, 36, 5, 17, 40, 12}[step];
    double slope = 2 * (weights[0] * x + weights[1] - (2 * x + 30));
    return new float[] {(float) (slope * x), (float) slope};
  }

  /** The gradient of the mean squared error of 5 rows, backwards through 3 hidden values. */
  private static float[] ofNet(float[] weights, int step) {
    double[] slopes = new double[weights.length];
    for (int row = 0; row < 5; row++) {
      double[] in = {((row * 5 + step) % 7 - 3) / 2.0, ((row * 5 + 3 + step) % 7 - 3) / 2.0};
      double[] hidden = new double[3];
      double out = weights[12];
      for (int h = 0; h < 3; h++) {
        hidden[h] = Math.tanh(weights[2 * h] * in[0] + weights[2 * h + 1] * in[1] + weights[6 + h]);
        out += weights[9 + h] * hidden[h];
      }
      double slope = 2 * (out - ((row * 3 + step) % 5 - 1) / 2.0) / 5;
      slopes[12] += slope;
      for (int h = 0; h < 3; h++) {
        slopes[9 + h] += slope * hidden[h];
        double before = slope * weights[9 + h] * (1 - hidden[h] * hidden[h]);
        slopes[6 + h] += before;
        slopes[2 * h] += before * in[0];
        slopes[2 * h + 1] += before * in[1];
      }
    }
    return floats(slopes);
  }

  private static Layout layout(String problem) {
    return problem.equals("line")
        ? Layout.of(List.of(weight("line", 1, 1), bias("line", 1)))
        : Layout.of(
            List.of(
                weight("hidden", 3, 2), bias("hidden", 3), weight("out", 1, 3), bias("out", 1)));
  }

  /** The second is the last one of a network. */
  private static Layout twoWeights(int... shape) {
    return Layout.of(List.of(weight("first", shape), weight("second", 1, 1)));
  }

  private static TensorSpec weight(String node, int... shape) {
    return new TensorSpec(node + ".weight", shape, TensorKind.WEIGHT, new Initial.Constant(0));
  }

  private static TensorSpec bias(String node, int length) {
    return new TensorSpec(
        node + ".bias", new int[] {length}, TensorKind.BIAS, new Initial.Constant(0));
  }

  private static double[][] expected(String problem, String name) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(TenStepsTest.class.getResourceAsStream("ten_steps.csv")),
                StandardCharsets.US_ASCII))) {
      return lines
          .lines()
          .map(line -> List.of(line.split(",", -1)))
          .filter(fields -> fields.get(0).equals(problem) && fields.get(1).equals(name))
          .map(
              fields ->
                  fields.subList(3, fields.size()).stream()
                      .mapToDouble(Double::parseDouble)
                      .toArray())
          .toArray(double[][]::new);
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
