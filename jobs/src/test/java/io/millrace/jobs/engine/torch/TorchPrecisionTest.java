package io.millrace.jobs.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Precision;
import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.natives.Processor;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.State;
import io.millrace.pipeline.CannotException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lower precisions, which every processor computes, if slowly. */
class TorchPrecisionTest {
  private static final int N = 6;
  private static final int CLASSES = 3;
  private static final int SIDE = 8;
  private static final CrossEntropy LOSS = new CrossEntropy(CLASSES);
  private static final Blueprint NET = new ResNet(List.of(4, 6)).blueprint(3, SIDE, SIDE, CLASSES);

  private static Network network(Precision precision) {
    return TorchEngine.network(NET, 1, 1, ScalarType.Float, precision);
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "FP16"})
  void gradientIsThatOfSinglePrecisionExceptForRounding(Precision precision) {
    try (Network exact = network(Precision.FP32);
        Network rounded = network(precision)) {
      exact.lossAndGradient(batch(1), LOSS);
      float[] gradient = exact.gradient();
      double length = distance(gradient, new float[gradient.length]);
      double difference = Double.NaN;
      // The first scales of half precision overflow: each one halves the next.
      for (int i = 0; i < 20 && !Double.isFinite(difference); i++) {
        rounded.lossAndGradient(batch(1), LOSS);
        difference = distance(rounded.gradient(), gradient);
      }
      // Statistics of 6 logits enlarge what rounding does.
      assertThat(difference / length).isBetween(1e-5, precision == Precision.BF16 ? 0.2 : 0.05);
      assertThat(torch.is_autocast_enabled(DeviceType.CPU)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "FP16"})
  void stepsMoveTheWeightsThatTheNextPassComputesWith(Precision precision) {
    try (Network network = network(precision)) {
      Updater updater = network.updater(new Optimiser.Sgd(0, false), Map.of());
      double first = network.lossAndGradient(batch(1), LOSS).sum(CrossEntropy.LOSS);
      for (int i = 0; i < 20; i++) {
        network.lossAndGradient(batch(1), LOSS);
        updater.step(new Hyper(0.1, 0.9));
      }
      assertThat(network.lossAndGradient(batch(1), LOSS).sum(CrossEntropy.LOSS))
          .isLessThan(first / 2);
    }
  }

  @Test
  void halfPrecisionLeavesOutStepsWhoseGradientOverflows() {
    try (Network network = network(Precision.FP16)) {
      network.restore(
          new State(network.state().tensors().stream().map(TorchPrecisionTest::enlarged).toList()));
      Updater updater = network.updater(new Optimiser.Sgd(0, false), Map.of());
      float[] before = network.state().tensors().get(0).values();
      network.lossAndGradient(batch(1), LOSS);
      updater.step(new Hyper(0.1, 0.9));
      assertThat(network.state().tensors().get(0).values()).containsExactly(before);
      assertThat(updater.state().tensor("steps").orElseThrow().values()).containsExactly(0);
    }
  }

  private static NamedTensor enlarged(NamedTensor tensor) {
    float[] values = tensor.values().clone();
    if (tensor.name().startsWith("norm.")) {
      for (int i = 0; i < values.length; i++) {
        values[i] *= 1e6f;
      }
    }
    return new NamedTensor(tensor.name(), tensor.shape(), tensor.role(), values);
  }

  @Test
  void choosesBfloat16WhereTheProcessorMultipliesIt() {
    boolean fast = Processor.ofThisMachine().multipliesBfloat16();
    TorchEngine engine = new TorchEngine();
    assertThat(engine.precision(Precision.AUTO)).isEqualTo(fast ? Precision.BF16 : Precision.FP32);
    assertThat(engine.precision(Precision.FP32)).isEqualTo(Precision.FP32);
    assertThatThrownBy(() -> engine.precision(Precision.FP16))
        .isInstanceOf(CannotException.class)
        .hasMessage("Cannot compute in fp16: it is for GPUs; take precision = fp32, or bf16");
  }

  private static double distance(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.pow((double) one[i] - other[i], 2);
    }
    return Math.sqrt(sum);
  }

  private static Minibatch batch(long seed) {
    Random random = new Random(seed);
    FloatBuffer values = FloatBuffer.allocate(N * 3 * SIDE * SIDE);
    for (int i = 0; i < values.capacity(); i++) {
      values.put(i, (float) random.nextGaussian());
    }
    FloatBuffer targets = FloatBuffer.allocate(N * CLASSES);
    for (int i = 0; i < N; i++) {
      targets.put(i * CLASSES + i % CLASSES, 1);
    }
    return new Minibatch(
        IntStream.range(0, N).mapToObj(Integer::toString).toList(),
        Map.of(
            Minibatch.IMAGES,
            new FloatTensor(values, N, 3, SIDE, SIDE),
            Minibatch.TARGETS,
            new FloatTensor(targets, N, CLASSES)));
  }
}
