package io.millrace.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation.Dropout;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.engine.Network.Mode;
import io.millrace.jobs.engine.Network.Pass;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.IntTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which values a dropout leaves out depends on the draws of each example and on its place. */
class DropoutMaskTest {
  private static final int SIZE = 5000;
  private static final double RATE = 0.2;

  @Test
  void leavesOutTheShareAndEnlargesTheRest() {
    float[] factors = factors("drop", 3, 4);
    int zeros = 0;
    for (float factor : factors) {
      assertThat(factor).isIn(0f, 1.25f);
      zeros += factor == 0 ? 1 : 0;
    }
    assertThat((double) zeros / factors.length).isCloseTo(RATE, within(0.02));
  }

  @Test
  void anExampleHasTheSameFactorsInEveryMinibatch() {
    float[] together = factors("drop", 3, 4, -5);
    assertThat(Arrays.copyOfRange(together, SIZE, 2 * SIZE)).isEqualTo(factors("drop", 4));
    assertThat(Arrays.copyOfRange(together, 2 * SIZE, 3 * SIZE)).isEqualTo(factors("drop", -5));
    assertThat(factors("drop", 3)).isNotEqualTo(factors("drop", 4));
    assertThat(factors("drop2", 3)).isNotEqualTo(factors("drop", 3));
  }

  @Test
  void namesMissingDraws() {
    assertThatThrownBy(() -> DropoutMask.of(node("drop"), Map.of(), 2))
        .hasMessage("Cannot drop values in drop: the minibatch has no draws, only []");
    Map<String, Tensor> one = Map.of(Minibatch.DRAWS, IntTensor.vector(1));
    assertThatThrownBy(() -> DropoutMask.of(node("drop"), one, 2))
        .hasMessage("Cannot drop values in drop: there are 1 draws for 2 examples");
  }

  @Test
  void everyEngineMultipliesByTheseFactorsInTrainingOnly() {
    BlueprintBuilder net = new BlueprintBuilder();
    String at = net.dense("one", net.input("in", Shape.of(4)), 6, true);
    at = net.add("drop", new Dropout(0.5), at);
    Blueprint blueprint = net.build(net.dense("out", at, SmallNetworks.CLASSES, true));
    Blueprint tapped = blueprint.withOutputs(List.of("one", "drop", "out"));
    Minibatch batch = SmallNetworks.batch(tapped, 3, 1);
    FloatTensor mask = DropoutMask.of(tapped.dropouts().get(0), batch.tensors(), 3);
    for (String engine : List.of("torch", "dl4j")) {
      try (Network network = Engines.named(engine).network(tapped, 1, 1)) {
        for (Mode mode : Mode.values()) {
          try (Pass pass = network.forward(batch.tensors(), mode)) {
            double[] one = pass.output("one").values();
            double[] dropped = pass.output("drop").values();
            for (int i = 0; i < one.length; i++) {
              double factor = mode == Mode.TRAINING ? mask.values().get(i) : 1;
              assertThat(dropped[i]).as("%s %s", engine, mode).isEqualTo(factor * one[i]);
            }
          }
        }
      }
    }
  }

  private static float[] factors(String name, int... draws) {
    FloatTensor mask =
        DropoutMask.of(node(name), Map.of(Minibatch.DRAWS, IntTensor.vector(draws)), draws.length);
    assertThat(mask.shape()).containsExactly(draws.length, SIZE);
    float[] values = new float[draws.length * SIZE];
    mask.values().get(values);
    return values;
  }

  private static Node node(String name) {
    return new Node(name, new Dropout(RATE), List.of("in"), Shape.of(SIZE));
  }
}
