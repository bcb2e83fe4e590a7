package io.millrace.jobs.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation.BatchNorm;
import io.millrace.jobs.architecture.Operation.Flatten;
import io.millrace.jobs.architecture.Operation.LeakyRelu;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.EngineContract;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Network.Mode;
import io.millrace.jobs.engine.Network.Pass;
import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TorchEngineTest extends EngineContract {
  @Override
  protected Engine engine() {
    return new TorchEngine();
  }

  @Override
  protected double slopeError() {
    return 2e-3;
  }

  /** Two linear maps, {@code out} of {@code a} alone and {@code other} of {@code b} alone. */
  private static Blueprint twoInputs() {
    BlueprintBuilder net = new BlueprintBuilder();
    String out = net.dense("out", net.input("a", Shape.of(2)), CLASSES, true);
    net.dense("other", net.input("b", Shape.of(2)), CLASSES, false);
    return net.build(out).withOutputs(List.of("out", "other"));
  }

  private static Map<String, Tensor> inputs(float... values) {
    return Map.of(
        "a", new FloatTensor(FloatBuffer.wrap(values), 1, 2),
        "b", new FloatTensor(FloatBuffer.wrap(values), 1, 2));
  }

  @Test
  void givesGradientOfEachInputAndZeroWhereNoneArrives() {
    try (Network network = engine().network(twoInputs(), 1, 3);
        Pass pass = network.forward(inputs(0.5f, -1), Mode.TRAINING)) {
      Map<String, DoubleTensor> found =
          pass.backward(Map.of("out", new DoubleTensor(new double[] {1, 0, 2}, 1, CLASSES)));
      float[] weight = network.state().tensor("out.weight").orElseThrow().values();
      assertThat(found.get("a").values())
          .containsExactly(
              new double[] {weight[0] + 2 * weight[4], weight[1] + 2 * weight[5]}, within(1e-6));
      assertThat(found.get("b").values()).containsExactly(0, 0);
      assertThatThrownBy(() -> pass.backward(Map.of()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("once only");
    }
  }

  @Test
  void openPassesAddTheirGradients() {
    DoubleTensor slope = new DoubleTensor(new double[] {1, 0, 0}, 1, CLASSES);
    try (Network network = engine().network(twoInputs(), 1, 3);
        Pass one = network.forward(inputs(1, 2), Mode.TRAINING);
        Pass other = network.forward(inputs(10, 20), Mode.TRAINING)) {
      network.zeroGradient();
      one.backward(Map.of("out", slope));
      other.backward(Map.of("out", slope));
      assertThat(network.gradient()).startsWith(11, 22, 0, 0);
    }
  }

  @Test
  void slopesOfLeakyReluMayBeBelowZero() {
    BlueprintBuilder net = new BlueprintBuilder();
    String at = net.dense("one", net.input("in", Shape.of(4)), 6, true);
    assertSlopes(
        net.build(net.dense("out", net.add("leaky", new LeakyRelu(-0.4), at), CLASSES, true)));
  }

  @Test
  void varianceOfOneValueIsZero() {
    BlueprintBuilder net = new BlueprintBuilder();
    String at = net.input("a", Shape.of(2, 1, 1));
    at = net.add("flat", new Flatten(), net.add("norm", new BatchNorm(2, 1e-5, 0.1, 1), at));
    Blueprint blueprint = net.build(net.dense("out", at, CLASSES, true));
    try (Network network = engine().network(blueprint, 1, 3);
        Pass pass =
            network.forward(
                Map.of("a", new FloatTensor(FloatBuffer.wrap(new float[] {4, 6}), 1, 2, 1, 1)),
                Mode.TRAINING)) {
      pass.backward(Map.of("out", new DoubleTensor(new double[CLASSES], 1, CLASSES)));
      assertThat(network.state().tensor("norm.running_var").orElseThrow().values())
          .containsExactly(new float[] {0.9f, 0.9f}, within(1e-6f));
      assertThat(network.state().tensor("norm.running_mean").orElseThrow().values())
          .containsExactly(new float[] {0.4f, 0.6f}, within(1e-6f));
    }
  }

  @Test
  void refusesInputWithFewerValuesThanItsShape() {
    try (Network network = engine().network(twoInputs(), 1, 3)) {
      Map<String, Tensor> given = inputs(1);
      assertThatThrownBy(() -> network.forward(given, Mode.PREDICTION))
          .hasMessage("Cannot take 1 values as a tensor of shape [1, 2]");
    }
  }
}
