package io.millrace.jobs.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation.Relu;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.optimiser.AdamW;
import io.millrace.jobs.optimiser.DecayOn;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Lamb;
import io.millrace.jobs.optimiser.Lars;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Lion;
import io.millrace.jobs.optimiser.Muon;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.optimiser.RmsProp;
import io.millrace.jobs.optimiser.UpdateRule;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.State;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * libtorch's kernels and operations against our own rules, which {@code TorchStepsTest} and {@code
 * TenStepsTest} hold to PyTorch and to the papers.
 */
class FlatUpdaterTest {
  private static final int N = 8;
  private static final int CLASSES = 4;
  private static final CrossEntropy LOSS = new CrossEntropy(CLASSES);
  private static final Blueprint NET = net();
  private static final Map<String, List<String>> GROUPS =
      Map.of("first", List.of("first"), "last", List.of("last"));
  // The group in the middle has the plain rate, the last one stays as it is in some steps.
  private static final List<Hyper> STEPS =
      List.of(
          new Hyper(0.1, 0.9),
          new Hyper(0.1, 0.9, Map.of("first", 0.1)),
          new Hyper(0.05, 0, Map.of("last", 0.0)),
          new Hyper(0.05, 0.8, Map.of("first", 2.0)));

  static Stream<Optimiser> optimisers() {
    return Stream.of(
        new Optimiser.Sgd(0, false),
        new Optimiser.Sgd(1e-2, false),
        new Optimiser.Sgd(1e-2, true),
        new Optimiser.Adam(0.999, 1e-8, 0, false),
        new Optimiser.Adam(0.99, 1e-8, 1e-2, false),
        new Optimiser.Adam(0.999, 1e-8, 1e-2, true),
        new Optimiser.Sgd(0, false, true, DecayOn.ALL),
        new Optimiser.Sgd(1e-2, false, false, DecayOn.WEIGHTS),
        new Optimiser.Adam(0.99, 1e-8, 1e-2, false, DecayOn.WEIGHTS),
        new AdamW(0.999, 1e-8, 0.1, DecayOn.WEIGHTS),
        new RmsProp(0.99, 1e-8, 0, DecayOn.ALL),
        new RmsProp(0.9, 1e-8, 0.1, DecayOn.WEIGHTS),
        new Lion(0.99, 0, DecayOn.ALL),
        new Lion(0.99, 0.1, DecayOn.WEIGHTS),
        new Lamb(0.999, 1e-6, 0.1, DecayOn.ALL),
        new Lamb(0.99, 1e-6, 0.1, DecayOn.WEIGHTS),
        new Lars(0.1, 0, DecayOn.ALL),
        new Lars(0.1, 0.1, DecayOn.WEIGHTS),
        new Muon(0.1, 0.015, 0.9, 0.95, 1e-10, DecayOn.ALL),
        new Muon(0.1, 0.1, 0.9, 0.95, 1e-10, DecayOn.WEIGHTS));
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void makesTheStepsOfOurOwnRules(Optimiser optimiser) {
    UpdateRule rule = optimiser.rule(Layout.of(NET.tensors()).grouped(GROUPS));
    try (Network network = new TorchEngine().network(NET, 2, 1)) {
      Updater updater = network.updater(optimiser, GROUPS);
      for (int i = 0; i < STEPS.size(); i++) {
        network.lossAndGradient(batch(i), LOSS);
        float[] weights = weights(network);
        rule.update(weights, network.gradient(), STEPS.get(i));
        updater.step(STEPS.get(i));
        assertThat(weights(network))
            .as("weights after step %s", i)
            .containsExactly(weights, within(1e-6f));
        assertSame(updater.state(), rule.state());
      }
    }
  }

  /** What an optimiser without a kernel of libtorch's steps by. */
  @ParameterizedTest
  @MethodSource("optimisers")
  void stepsOnCopiesAreThoseOfOurOwnRules(Optimiser optimiser) {
    Layout layout = Layout.of(NET.tensors()).grouped(GROUPS);
    UpdateRule rule = optimiser.rule(layout);
    try (TorchNetwork network = (TorchNetwork) new TorchEngine().network(NET, 1, 1)) {
      Updater updater = new CopyUpdater(optimiser.rule(layout), network.weights());
      for (Hyper hyper : STEPS) {
        network.lossAndGradient(batch(1), LOSS);
        float[] weights = weights(network);
        rule.update(weights, network.gradient(), hyper);
        updater.step(hyper);
        assertThat(weights(network)).containsExactly(weights);
        assertSame(updater.state(), rule.state());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void continuesFromTheStateOfOurOwnRules(Optimiser optimiser) {
    UpdateRule rule = optimiser.rule(Layout.of(NET.tensors()).grouped(GROUPS));
    try (Network network = new TorchEngine().network(NET, 1, 1)) {
      Updater updater = network.updater(optimiser, GROUPS);
      network.lossAndGradient(batch(0), LOSS);
      rule.update(weights(network), network.gradient(), STEPS.get(0));
      updater.restore(rule.state());
      assertSame(updater.state(), rule.state());
    }
  }

  private static void assertSame(State found, State expected) {
    assertThat(found.tensors().stream().map(NamedTensor::name))
        .containsExactlyElementsOf(expected.tensors().stream().map(NamedTensor::name).toList());
    for (NamedTensor tensor : expected.tensors()) {
      assertThat(found.tensor(tensor.name()).orElseThrow().values())
          .as(tensor.name())
          .containsExactly(tensor.values(), within(1e-6f));
    }
  }

  private static float[] weights(Network network) {
    FloatBuffer all = FloatBuffer.allocate(NET.weightCount());
    network.state().tensors().forEach(it -> all.put(it.values()));
    return all.array();
  }

  private static Blueprint net() {
    BlueprintBuilder net = new BlueprintBuilder();
    String at = net.dense("first", net.input("in", Shape.of(5)), 7, true);
    at = net.dense("middle", net.add("relu", new Relu(), at), 9, true);
    return net.build(net.dense("last", at, CLASSES, false));
  }

  private static Minibatch batch(long seed) {
    Random random = new Random(seed);
    FloatBuffer values = FloatBuffer.allocate(N * 5);
    FloatBuffer targets = FloatBuffer.allocate(N * CLASSES);
    for (int i = 0; i < N * 5; i++) {
      values.put(i, (float) random.nextGaussian());
    }
    for (int i = 0; i < N; i++) {
      targets.put(i * CLASSES + random.nextInt(CLASSES), 1);
    }
    return new Minibatch(
        IntStream.range(0, N).mapToObj(Integer::toString).toList(),
        Map.of(
            "in",
            new FloatTensor(values, N, 5),
            Minibatch.TARGETS,
            new FloatTensor(targets, N, CLASSES)));
  }
}
