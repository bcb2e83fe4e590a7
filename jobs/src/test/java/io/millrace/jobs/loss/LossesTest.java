package io.millrace.jobs.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.loss.ClassifierLoss.Entropy;
import io.millrace.jobs.loss.ClassifierLoss.Focal;
import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses against PyTorch's values and finite differences; the script stands beside the values. */
class LossesTest {
  private static final int N = 5;
  private static final int CLASSES = 4;
  private static final List<Double> WEIGHTS = List.of(0.5, 1.0, 2.0, 0.25);
  private static final Map<String, ClassifierLoss> CASES =
      Map.of(
          "plain", new Entropy(0, List.of()),
          "smoothed", new Entropy(0.1, List.of()),
          "weighted", new Entropy(0, WEIGHTS),
          "both", new Entropy(0.2, WEIGHTS),
          "focal", new Focal(2),
          "focal-half", new Focal(0.5));

  @ParameterizedTest
  @ValueSource(strings = {"plain", "smoothed", "weighted", "both", "focal", "focal-half"})
  void valueAndGradientAreThoseOfPyTorch(String name) throws IOException {
    Loss.Slope slope = CASES.get(name).over(CLASSES).slope(output(logits()), batch());
    double[] expected = expected(name);
    assertThat(slope.measures().sum(CrossEntropy.LOSS) / N).isCloseTo(expected[0], within(1e-10));
    assertThat(slope.gradient().values())
        .containsExactly(Arrays.copyOfRange(expected, 1, expected.length), within(1e-10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoothed", "weighted", "both", "focal", "focal-half"})
  void gradientIsThatOfFiniteDifferences(String name) {
    Loss loss = CASES.get(name).over(CLASSES);
    double[] gradient = loss.slope(output(logits()), batch()).gradient().values();
    double step = 1e-5;
    for (int i = 0; i < gradient.length; i++) {
      double[] more = logits();
      double[] less = logits();
      more[i] += step;
      less[i] -= step;
      assertThat(gradient[i])
          .isCloseTo((value(loss, more) - value(loss, less)) / (2 * step), within(1e-8));
    }
  }

  private static double value(Loss loss, double[] logits) {
    return loss.slope(output(logits), batch()).measures().sum(CrossEntropy.LOSS) / N;
  }

  /** A picture that is recognised for certain has no loss, and no slope that is not a number. */
  @Test
  void certaintyIsFinite() {
    double[] logits = new double[N * CLASSES];
    for (int i = 0; i < N; i++) {
      logits[i * CLASSES + i % CLASSES] = 2000;
    }
    for (ClassifierLoss loss : CASES.values()) {
      Loss.Slope slope = loss.over(CLASSES).slope(output(logits), batch());
      assertThat(slope.measures().areFinite()).isTrue();
      assertThat(Arrays.stream(slope.gradient().values()).allMatch(Double::isFinite)).isTrue();
    }
  }

  @Test
  void measuresAndPredictsAsPlainCrossEntropy() {
    Loss plain = new CrossEntropy(CLASSES);
    for (ClassifierLoss each : CASES.values()) {
      Loss loss = each.over(CLASSES);
      assertThat(loss.measures()).isEqualTo(plain.measures());
      assertThat(loss.predictions(output(logits()))).isEqualTo(plain.predictions(output(logits())));
      assertThat(loss.slope(output(logits()), batch()).measures().sum(CrossEntropy.ACCURACY))
          .isEqualTo(plain.slope(output(logits()), batch()).measures().sum(CrossEntropy.ACCURACY));
    }
    assertThat(CASES.get("plain").over(CLASSES)).isEqualTo(plain);
    assertThat(new Focal(0).over(CLASSES)).isEqualTo(plain);
  }

  private static DoubleTensor output(double[] logits) {
    return new DoubleTensor(logits, new int[] {N, CLASSES});
  }

  private static double[] logits() {
    return IntStream.range(0, N * CLASSES)
        .mapToDouble(i -> ((i * 29 + 7) % 31 - 15) / 3.0)
        .toArray();
  }

  private static Minibatch batch() {
    FloatBuffer targets = FloatBuffer.allocate(N * CLASSES);
    for (int i = 0; i < N; i++) {
      int first = i * CLASSES + i % CLASSES;
      int second = i * CLASSES + (i * 2 + 1) % CLASSES;
      targets.put(first, targets.get(first) + 0.75f);
      targets.put(second, targets.get(second) + 0.25f);
    }
    return new Minibatch(
        IntStream.range(0, N).mapToObj(Integer::toString).toList(),
        Map.of(Minibatch.TARGETS, new FloatTensor(targets, N, CLASSES)));
  }

  private static double[] expected(String name) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(LossesTest.class.getResourceAsStream("losses.csv")),
                StandardCharsets.US_ASCII))) {
      return lines
          .lines()
          .map(line -> List.of(line.split(",", -1)))
          .filter(fields -> fields.get(0).equals(name))
          .flatMap(fields -> fields.subList(1, fields.size()).stream())
          .mapToDouble(Double::parseDouble)
          .toArray();
    }
  }
}
