package io.millrace.jobs.engine.dl4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.jobs.architecture.catalogue.ConvNet2;
import io.millrace.jobs.architecture.catalogue.Darknet;
import io.millrace.jobs.architecture.catalogue.DenseNet;
import io.millrace.jobs.architecture.catalogue.EfficientNetLite0;
import io.millrace.jobs.architecture.catalogue.InceptionResNet;
import io.millrace.jobs.architecture.catalogue.LessonEighteenNets.Plain;
import io.millrace.jobs.architecture.catalogue.LessonEighteenNets.Residual;
import io.millrace.jobs.architecture.catalogue.LessonSevenNets.ConvBnNet;
import io.millrace.jobs.architecture.catalogue.LessonSevenNets.ConvBnNet2;
import io.millrace.jobs.architecture.catalogue.LessonSevenNets.ResNet2L7;
import io.millrace.jobs.architecture.catalogue.LessonSevenNets.ResNetL7;
import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.architecture.catalogue.PreActivationNets.PreActResNet;
import io.millrace.jobs.architecture.catalogue.PreActivationNets.Wrn;
import io.millrace.jobs.architecture.catalogue.PreActivationNets.Wrn22;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.architecture.catalogue.SimpleNet;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet18;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet18Concat;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet34;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet50;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.WideResNet50;
import io.millrace.jobs.architecture.catalogue.Vgg.Vgg16;
import io.millrace.jobs.architecture.catalogue.Vgg.Vgg16Bn;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.engine.torch.DoubleTorch;
import io.millrace.jobs.engine.torch.TorchEngine;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.State;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Two engines whose passes share no code compute the same for every network of the catalogue: loss
 * and gradients, and the weights after some steps. In double precision they agree everywhere to
 * 1e-8 and after five steps to 1e-7, running statistics included: none of their operations differs,
 * TensorFlow's padding and padded max pools included.
 *
 * <p>In floats the deepest ones are compared with double precision, not with each other: batch
 * norms over the few values that such small pictures leave make a rounding error of 1e-7 one of
 * 1e-4 of the gradient (ResNet-50) or more (EfficientNet), by either engine; a max pool of two
 * values that differ by rounding alone gives its gradient to the one or the other.
 *
 * <p>It takes more than 20 s since each of these networks is run in four ways; they are as narrow
 * as their keys allow, and EfficientNet-Lite0 has none.
 */
class CrossEngineTest {
  private static final int N = 6;
  private static final int CLASSES = 3;
  private static final int STEPS = 5;
  private static final CrossEntropy LOSS = new CrossEntropy(CLASSES);
  // With its usual small eps, Adam would make whole steps of gradients that are rounding alone.
  private static final List<Optimiser> OPTIMISERS =
      List.of(new Optimiser.Sgd(1e-4, true), new Optimiser.Adam(0.99, 1e-2, 0.01, true));

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of(new Linear(), 6),
        Arguments.of(new ConvNet(List.of(4, 5)), 9),
        Arguments.of(new ResNet(List.of(4, 6, 6)), 8),
        Arguments.of(new ResNet(List.of(3, 4, 5)), 7),
        Arguments.of(new SimpleNet(List.of(7, 5)), 6),
        Arguments.of(new ConvNet2(List.of(4, 5)), 9),
        Arguments.of(new ConvBnNet(List.of(3, 4, 5)), 9),
        Arguments.of(new ConvBnNet2(List.of(3, 4, 5)), 8),
        Arguments.of(new ResNetL7(List.of(3, 4, 5), false), 9),
        Arguments.of(new ResNet2L7(List.of(3, 4, 5), 0.3, false), 10),
        Arguments.of(new Plain(List.of(3, 4, 5), 2, false), 13),
        Arguments.of(new Plain(List.of(3, 4), 1, true), 8),
        Arguments.of(new Residual(List.of(3, 4, 5), 5, true, 2, false), 9),
        Arguments.of(new Residual(List.of(3, 4, 5), 3, false, 1, true), 9),
        Arguments.of(new Wrn22(1, false), 12),
        Arguments.of(new Wrn(16, 2, 2, false), 11),
        Arguments.of(new PreActResNet(List.of(1, 2), 3, false), 9),
        Arguments.of(new Darknet(List.of(1, 2, 1), 4), 16),
        Arguments.of(new ResNet18(4), 33),
        Arguments.of(new ResNet18Concat(2, false), 13),
        Arguments.of(new ResNet34(2), 34),
        Arguments.of(new ResNet50(2), 33),
        Arguments.of(new WideResNet50(2), 33),
        Arguments.of(new Vgg16(4, 16), 32),
        Arguments.of(new Vgg16Bn(4, 16, 0.5), 32),
        Arguments.of(new DenseNet(List.of(2, 3, 2), 3, 4), 21),
        Arguments.of(new InceptionResNet(List.of(1, 1, 2), 2), 75),
        Arguments.of(new EfficientNetLite0(), 33));
  }

  /** Without those in which every rounding error grows a thousandfold. */
  static Stream<Arguments> tamer() {
    return networks()
        .filter(
            it ->
                !Set.of(
                        ResNet18.class,
                        ResNet18Concat.class,
                        DenseNet.class,
                        InceptionResNet.class,
                        ResNet34.class,
                        ResNet50.class,
                        WideResNet50.class,
                        EfficientNetLite0.class)
                    .contains(it.get()[0].getClass()));
  }

  @BeforeAll
  static void start() {
    Natives.start();
  }

  @Test
  void triesEveryArchitectureOfTheCatalogue() throws Exception {
    String list = "/META-INF/millrace/" + Architecture.class.getName();
    try (InputStream in = Architecture.class.getResourceAsStream(list)) {
      assertThat(networks().map(it -> it.get()[0].getClass().getName()).distinct())
          .containsExactlyInAnyOrderElementsOf(
              new String(in.readAllBytes(), UTF_8).lines().toList());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void doublePrecisionGivesTheSameLossAndGradient(Architecture architecture, int side) {
    Blueprint blueprint = architecture.blueprint(2, side, side, CLASSES);
    Minibatch batch = Batches.of(blueprint, N, 5);
    try (DoubleGraph graph = new DoubleGraph(blueprint, batch);
        Network torch = DoubleTorch.network(blueprint, 0)) {
      torch.restore(graph.layout.state(graph.parameters.toFloatVector()));
      double loss = torch.lossAndGradient(batch, LOSS).sum(CrossEntropy.LOSS) / N;
      assertThat(loss).isCloseTo(graph.loss(), within(1e-8));
      double[] found = DoubleTorch.gradient(torch);
      double[] expected = graph.canonical(graph.gradient().div(N), true);
      assertThat(greatestDifference(found, expected)).isLessThan(1e-8);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void stepsInDoublePrecisionGiveTheSameWeights(Architecture architecture, int side) {
    Blueprint blueprint = architecture.blueprint(2, side, side, CLASSES);
    for (Optimiser optimiser : OPTIMISERS) {
      try (DoubleGraph graph = new DoubleGraph(blueprint, Batches.of(blueprint, N, 0));
          Network torch = DoubleTorch.network(blueprint, 0)) {
        torch.restore(graph.layout.state(graph.parameters.toFloatVector()));
        double[] one = graph.canonical(graph.parameters, true);
        double[] other = one.clone();
        DoubleRule ones = new DoubleRule(optimiser, one.length);
        DoubleRule others = new DoubleRule(optimiser, one.length);
        for (int i = 0; i < STEPS; i++) {
          Minibatch batch = Batches.of(blueprint, N, i);
          graph.take(batch);
          INDArray slopes = graph.gradient();
          ones.step(one, graph.canonical(slopes.div(N), true));
          graph.move(one, slopes);
          torch.lossAndGradient(batch, LOSS);
          others.step(other, DoubleTorch.gradient(torch));
          DoubleTorch.write(torch, other);
        }
        assertThat(greatestDifference(one, other)).as("by %s", optimiser).isLessThan(1e-7);
        assertThat(
                greatestDifference(
                    graph.canonical(graph.parameters, false), DoubleTorch.statistics(torch)))
            .as("statistics by %s", optimiser)
            .isLessThan(1e-7);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tamer")
  void singlePrecisionGivesTheSameLossAndGradient(Architecture architecture, int side) {
    Blueprint blueprint = architecture.blueprint(2, side, side, CLASSES);
    Minibatch batch = Batches.of(blueprint, N, 5);
    try (Network one = new Dl4jEngine().network(blueprint, 1, 3);
        Network other = new TorchEngine().network(blueprint, 1, 3)) {
      double loss = one.lossAndGradient(batch, LOSS).sum(CrossEntropy.LOSS) / N;
      assertThat(other.lossAndGradient(batch, LOSS).sum(CrossEntropy.LOSS) / N)
          .isCloseTo(loss, within(1e-5));
      assertClose(blueprint, other.gradient(), one.gradient(), 1e-4);
      assertThat(other.predict(batch, LOSS))
          .containsExactly(one.predict(batch, LOSS), within(1e-5f));
    }
  }

  /** Where engines differ in floats, neither is nearer to what double precision gives. */
  @ParameterizedTest
  @MethodSource("networks")
  void singlePrecisionIsAsGoodInBoth(Architecture architecture, int side) {
    Blueprint blueprint = architecture.blueprint(2, side, side, CLASSES);
    Minibatch batch = Batches.of(blueprint, N, 5);
    try (Network one = new Dl4jEngine().network(blueprint, 1, 3);
        Network other = new TorchEngine().network(blueprint, 1, 3);
        Network exact = DoubleTorch.network(blueprint, 3)) {
      List.of(one, other, exact).forEach(it -> it.lossAndGradient(batch, LOSS));
      double[] expected = DoubleTorch.gradient(exact);
      double ones = share(one.gradient(), expected);
      double others = share(other.gradient(), expected);
      assertThat(ones).isLessThan(1e-6 + 10 * others).isLessThan(1e-2);
      assertThat(others).isLessThan(1e-6 + 10 * ones).isLessThan(1e-2);
    }
  }

  @ParameterizedTest
  @MethodSource("tamer")
  void stepsOfEveryOptimiserGiveTheSameWeights(Architecture architecture, int side) {
    Blueprint blueprint = architecture.blueprint(2, side, side, CLASSES);
    for (Optimiser optimiser : OPTIMISERS) {
      State one = trained(new Dl4jEngine(), blueprint, optimiser);
      State other = trained(new TorchEngine(), blueprint, optimiser);
      for (NamedTensor tensor : one.tensors()) {
        float[] found = other.tensor(tensor.name()).orElseThrow().values();
        assertThat(distance(found, tensor.values(), 0, found.length))
            .as("%s by %s", tensor.name(), optimiser)
            .isLessThan(1e-4 * Math.max(1, norm(tensor.values(), 0, found.length)));
      }
    }
  }

  private static State trained(Engine engine, Blueprint blueprint, Optimiser optimiser) {
    try (Network network = engine.network(blueprint, 1, 3)) {
      Updater updater = network.updater(optimiser, Map.of());
      for (int i = 0; i < STEPS; i++) {
        network.lossAndGradient(Batches.of(blueprint, N, i), LOSS);
        updater.step(new Hyper(0.01, 0.9));
      }
      return network.state();
    }
  }

  private static void assertClose(
      Blueprint blueprint, float[] found, float[] expected, double share) {
    double rounding = 3e-6 * norm(expected, 0, expected.length);
    int at = 0;
    for (TensorSpec tensor : blueprint.tensors()) {
      if (tensor.trainable()) {
        int end = at + tensor.size();
        assertThat(distance(found, expected, at, end))
            .as(tensor.name())
            // Some gradients are 0 except for rounding: a bias before another normalisation.
            .isLessThan(share * norm(expected, at, end) + rounding);
        at = end;
      }
    }
  }

  /** The length of an error as a share of what is right. */
  private static double share(float[] found, double[] expected) {
    double error = 0;
    double all = 0;
    for (int i = 0; i < found.length; i++) {
      error += Math.pow(found[i] - expected[i], 2);
      all += Math.pow(expected[i], 2);
    }
    return Math.sqrt(error / all);
  }

  private static double greatestDifference(double[] one, double[] other) {
    assertThat(one).hasSameSizeAs(other);
    double greatest = 0;
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      greatest = Math.max(greatest, Math.abs(one[i] - other[i]));
      sum += one[i] + other[i];
    }
    return Double.isFinite(sum) ? greatest : Double.NaN;
  }

  private static double norm(float[] values, int from, int to) {
    return distance(values, new float[values.length], from, to);
  }

  private static double distance(float[] one, float[] other, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.pow((double) one[i] - other[i], 2);
    }
    return Math.sqrt(sum);
  }
}
