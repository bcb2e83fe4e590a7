package io.millrace.jobs.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.jobs.architecture.catalogue.Darknet;
import io.millrace.jobs.architecture.catalogue.LessonSevenNets.ResNetL7;
import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.architecture.catalogue.PreActivationNets.Wrn22;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet18;
import io.millrace.jobs.architecture.catalogue.Vgg.Vgg16;
import io.millrace.jobs.engine.dl4j.ParameterLayout.Place;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.tensor.Minibatch;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Nets of the catalogue that together have every operation but those of EfficientNet, which is too
 * large for it: gradients against finite differences, and the fast path's.
 */
class GradientTest {
  private static final int N = 5;

  static Stream<Arguments> nets() {
    return Stream.of(
        Arguments.of("linear", new Linear(), 6),
        Arguments.of("conv-net", new ConvNet(List.of(4, 5)), 9),
        Arguments.of("resnet", new ResNet(List.of(4, 6, 6)), 8),
        Arguments.of("resnet on odd sides", new ResNet(List.of(3, 4, 5)), 7),
        Arguments.of("darknet", new Darknet(List.of(1, 1), 2), 8),
        Arguments.of("resnet-l7", new ResNetL7(List.of(2, 3), false), 7),
        Arguments.of("wrn-22", new Wrn22(1, false), 8),
        Arguments.of("resnet-18", new ResNet18(1), 33),
        Arguments.of("vgg-16", new Vgg16(2, 5), 32));
  }

  @BeforeAll
  static void start() {
    Natives.start();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nets")
  void doubleGradientsEqualFiniteDifferences(String name, Architecture architecture, int side) {
    Blueprint blueprint = architecture.blueprint(2, side, side, 3);
    Minibatch batch = Batches.of(blueprint, N, 5);
    try (DoubleGraph graph = new DoubleGraph(blueprint, batch)) {
      INDArray gradient = graph.gradient().dup();
      for (Place place : graph.layout.places()) {
        if (place.tensor().trainable()) {
          for (int i = 0; i < place.tensor().size(); i += 1 + place.tensor().size() / 4) {
            int at = place.offset() + i;
            double expected = graph.slope(at);
            assertThat(gradient.getDouble(at) / N)
                .as("%s[%s]", place.tensor().name(), i)
                .isCloseTo(expected, within(1e-8 + 1e-5 * Math.abs(expected)));
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nets")
  void fastPathGradientEqualsDoubleGradient(String name, Architecture architecture, int side) {
    Blueprint blueprint = architecture.blueprint(2, side, side, 3);
    Minibatch batch = Batches.of(blueprint, N, 5);
    try (DoubleGraph graph = new DoubleGraph(blueprint, batch);
        Dl4jNetwork network = new Dl4jNetwork(blueprint, 1, 0)) {
      network.restore(graph.layout.state(graph.parameters.toFloatVector()));
      double loss = network.lossAndGradient(batch, new CrossEntropy(3)).sum(CrossEntropy.LOSS) / N;
      float[] gradient = network.gradient();
      float[] expected = new float[gradient.length];
      graph.layout.toCanonical(graph.gradient().div(N).toFloatVector(), expected);
      assertThat(loss).isCloseTo(graph.loss(), within(1e-6));
      assertThat(gradient).containsExactly(expected, within(2e-5f));
    }
  }
}
