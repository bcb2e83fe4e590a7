package io.millrace.jobs.engine.dl4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.engine.dl4j.ParameterLayout.Place;
import io.millrace.jobs.engine.torch.DoubleTorch;
import io.millrace.jobs.engine.torch.TorchEngine;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.State;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two engines whose passes share no code compute the same for every network of the catalogue: loss
 * and gradients, and the weights after some steps.
 */
class CrossEngineTest {
  private static final int N = 6;
  private static final int CLASSES = 3;
  private static final CrossEntropy LOSS = new CrossEntropy(CLASSES);

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of(new Linear(), 6),
        Arguments.of(new ConvNet(List.of(4, 5)), 9),
        Arguments.of(new ResNet(List.of(4, 6, 6)), 8),
        Arguments.of(new ResNet(List.of(3, 4, 5)), 7));
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
      double[] expected = graph.gradient().div(N).toDoubleVector();
      int at = 0;
      for (Place place : graph.layout.places()) {
        if (place.tensor().trainable()) {
          for (int i = 0; i < place.tensor().size(); i++) {
            assertThat(found[at])
                .as("%s[%s]", place.tensor().name(), i)
                .isCloseTo(expected[place.offset() + i], within(1e-8));
            at++;
          }
        }
      }
      assertThat(at).isEqualTo(found.length);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
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

  @ParameterizedTest
  @MethodSource("networks")
  void stepsOfEveryOptimiserGiveTheSameWeights(Architecture architecture, int side) {
    Blueprint blueprint = architecture.blueprint(2, side, side, CLASSES);
    // With its usual small eps, Adam would make whole steps of gradients that are rounding alone.
    for (Optimiser optimiser :
        List.of(new Optimiser.Sgd(1e-4, true), new Optimiser.Adam(0.99, 1e-2, 0.01, true))) {
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
      for (int i = 0; i < 5; i++) {
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
