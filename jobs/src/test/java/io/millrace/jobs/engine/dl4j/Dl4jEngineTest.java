package io.millrace.jobs.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation.Add;
import io.millrace.jobs.architecture.Operation.Flatten;
import io.millrace.jobs.architecture.Operation.GlobalAverage;
import io.millrace.jobs.architecture.Operation.Relu;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.engine.Ability;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.EngineContract;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Network.Mode;
import io.millrace.jobs.engine.Network.Pass;
import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Tensor;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class Dl4jEngineTest extends EngineContract {
  @Override
  protected Engine engine() {
    return new Dl4jEngine();
  }

  @Override
  protected double slopeError() {
    return 2e-3;
  }

  @Test
  void namesUnsupportedAbilities() {
    assertThat(
            engine()
                .unsupported(
                    new Linear().blueprint(3, 8, 8, 10),
                    Set.of(Ability.INPUT_GRADIENT, Ability.OPEN_PASSES)))
        .containsExactlyInAnyOrder(
            "dl4j gives no gradient with respect to a network's input; take an engine that does",
            "dl4j keeps one pass of a network open at a time; take an engine that keeps several");
  }

  /** What stands before it in the list is of another shape than what it reads. */
  @Test
  void flattensBranchByTheShapeOfItsOwnInput() {
    BlueprintBuilder net = new BlueprintBuilder();
    String image = net.input("image", Shape.of(2, 4, 4));
    String wide = net.add("relu", new Relu(), image);
    String narrow = net.convolution("conv", wide, 3, 3, 2, true);
    String flat = net.add("flat", new Flatten(), wide);
    String mean = net.add("mean", new GlobalAverage(), narrow);
    String left = net.dense("left", flat, CLASSES, false);
    String right = net.dense("right", mean, CLASSES, true);
    assertSlopes(net.build(net.add("sum", new Add(), left, right)));
  }

  @Test
  void refusesSecondOpenPass() {
    BlueprintBuilder net = new BlueprintBuilder();
    String at = net.input("image", Shape.of(2, 4, 4));
    at = net.add("flat", new Flatten(), at);
    Blueprint blueprint = net.build(net.dense("out", at, CLASSES, true));
    try (Network network = engine().network(blueprint, 1, 1)) {
      Map<String, Tensor> inputs = Map.of("image", new FloatTensor(Batches.floats(32), 1, 2, 4, 4));
      Pass pass = network.forward(inputs, Mode.TRAINING);
      assertThatThrownBy(() -> network.forward(inputs, Mode.PREDICTION))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("Cannot begin a pass: another one of this network is open");
      Map<String, DoubleTensor> slope =
          Map.of("out", new DoubleTensor(new double[CLASSES], 1, CLASSES));
      pass.backward(slope);
      assertThatThrownBy(() -> pass.backward(slope))
          .hasMessageStartingWith("Cannot run the backward pass");
      pass.close();
      network.forward(inputs, Mode.PREDICTION).close();
    }
  }
}
