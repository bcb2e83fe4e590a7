package io.millrace.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation.Relu;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.engine.Network.Mode;
import io.millrace.jobs.engine.Network.Pass;
import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.testing.PlainEngine;
import java.nio.FloatBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The engine of tests, which other tests trust. */
class PlainEngineTest extends EngineContract {
  @Override
  protected Engine engine() {
    return new PlainEngine();
  }

  @Override
  protected double slopeError() {
    return 1e-4;
  }

  @Test
  void inputGradientEqualsFiniteDifferences() {
    BlueprintBuilder builder = new BlueprintBuilder();
    String at = builder.input("x", Shape.of(2));
    at = builder.dense("hidden", at, 5, true);
    at = builder.add("relu", new Relu(), at);
    Blueprint net = builder.build(builder.dense("out", at, 1, true));
    try (Network network = engine().network(net, 1, 3)) {
      float[] x = {0.3f, -0.7f};
      Pass pass = network.forward(Map.of("x", tensor(x)), Mode.TRAINING);
      // Another pass of the same network stands open meanwhile.
      network.forward(Map.of("x", tensor(new float[] {5, 5})), Mode.TRAINING);
      double[] slopes =
          pass.backward(Map.of("out", new DoubleTensor(new double[] {1}, 1, 1))).get("x").values();
      for (int i = 0; i < 2; i++) {
        float step = 1f / 64;
        float[] above = x.clone();
        float[] below = x.clone();
        above[i] += step;
        below[i] -= step;
        double expected = (out(network, above) - out(network, below)) / (above[i] - below[i]);
        assertThat(slopes[i]).isCloseTo(expected, within(1e-6));
      }
    }
  }

  private static double out(Network network, float[] x) {
    return network.forward(Map.of("x", tensor(x)), Mode.PREDICTION).output("out").values()[0];
  }

  private static FloatTensor tensor(float[] x) {
    return new FloatTensor(FloatBuffer.wrap(x), 1, 2);
  }
}
