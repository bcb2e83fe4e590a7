package io.millrace.jobs.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingLogitsTest {
  private static final int CLASSES = 4;
  private static final CrossEntropy LOSS = new CrossEntropy(CLASSES);

  /** Their passes in training and in prediction mode are the same. */
  static Stream<Architecture> withoutBatchNorm() {
    return Stream.of(new Linear(), new ConvNet(List.of(6, 6)));
  }

  @ParameterizedTest
  @MethodSource("withoutBatchNorm")
  void accuracyEqualsThatOfAPrediction(Architecture architecture) {
    Blueprint net = architecture.blueprint(3, 9, 9, CLASSES);
    try (Network network = Engines.named("dl4j").network(net, 1, 3)) {
      int all = 0;
      for (int n : new int[] {1, 7, 64, 5}) {
        Minibatch batch = Batches.of(net, n, n);
        int expected = 0;
        float[] probabilities = network.predict(batch, LOSS);
        for (int i = 0; i < n; i++) {
          expected +=
              greatest(probabilities, i * CLASSES) == batch.ints(Minibatch.LABELS).at(i) ? 1 : 0;
        }
        assertThat(correct(network, batch)).isEqualTo(expected);
        all += expected;
      }
      assertThat(all).as("the case is not trivial").isBetween(5, 72);
    }
  }

  /** The gradient by the last bias is what the probability is more than the target. */
  @Test
  void accuracyIsOfTrainingModeWithBatchNorm() {
    Blueprint net = new ResNet(List.of(4, 8)).blueprint(3, 8, 8, CLASSES);
    try (Network network = Engines.named("dl4j").network(net, 1, 3)) {
      List<NamedTensor> tensors = network.state().tensors();
      assertThat(tensors.get(tensors.size() - 1).shape()).containsExactly(CLASSES);
      int all = 0;
      for (int seed = 0; seed < 40; seed++) {
        Minibatch one = Batches.of(net, 1, seed);
        int correct = correct(network, one);
        float[] gradient = network.gradient();
        float[] probabilities = new float[CLASSES];
        for (int c = 0; c < CLASSES; c++) {
          probabilities[c] =
              gradient[gradient.length - CLASSES + c]
                  + one.floats(Minibatch.TARGETS).values().get(c);
        }
        assertThat(correct)
            .isEqualTo(greatest(probabilities, 0) == one.ints(Minibatch.LABELS).at(0) ? 1 : 0);
        all += correct;
      }
      assertThat(all).as("the case is not trivial").isBetween(1, 39);
    }
  }

  @Test
  void mixedTargetsCountByTheirGreatestShare() {
    Blueprint net = new Linear().blueprint(1, 2, 2, CLASSES);
    try (Network network = Engines.named("dl4j").network(net, 1, 5)) {
      Minibatch plain = Batches.of(net, 30, 1);
      float[] probabilities = network.predict(plain, LOSS);
      FloatBuffer targets = Batches.floats(30 * CLASSES);
      int expected = 0;
      for (int i = 0; i < 30; i++) {
        int most = i % CLASSES;
        targets.put(i * CLASSES + most, 0.6f).put(i * CLASSES + (most + 1) % CLASSES, 0.4f);
        expected += greatest(probabilities, i * CLASSES) == most ? 1 : 0;
      }
      Minibatch mixed =
          new Minibatch(
              plain.ids(),
              Map.of(
                  Minibatch.IMAGES,
                  plain.floats(Minibatch.IMAGES),
                  Minibatch.TARGETS,
                  new FloatTensor(targets, 30, CLASSES)));
      assertThat(correct(network, mixed)).isEqualTo(expected).isBetween(1, 29);
    }
  }

  private static int correct(Network network, Minibatch batch) {
    return (int) network.lossAndGradient(batch, LOSS).sum(CrossEntropy.ACCURACY);
  }

  private static int greatest(float[] values, int from) {
    int best = 0;
    for (int c = 1; c < CLASSES; c++) {
      best = values[from + c] > values[from + best] ? c : best;
    }
    return best;
  }
}
