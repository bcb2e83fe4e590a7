package io.millrace.jobs.engine;

import static io.millrace.jobs.engine.SmallNetworks.around;
import static io.millrace.jobs.engine.SmallNetworks.batch;
import static io.millrace.jobs.engine.SmallNetworks.branched;
import static io.millrace.jobs.engine.SmallNetworks.direct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Initials;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.Operation.Add;
import io.millrace.jobs.architecture.Operation.AveragePool;
import io.millrace.jobs.architecture.Operation.BatchNorm;
import io.millrace.jobs.architecture.Operation.Concat;
import io.millrace.jobs.architecture.Operation.Convolution;
import io.millrace.jobs.architecture.Operation.Dense;
import io.millrace.jobs.architecture.Operation.Dropout;
import io.millrace.jobs.architecture.Operation.Flatten;
import io.millrace.jobs.architecture.Operation.GlobalAverage;
import io.millrace.jobs.architecture.Operation.GlobalMax;
import io.millrace.jobs.architecture.Operation.Halve;
import io.millrace.jobs.architecture.Operation.LeakyRelu;
import io.millrace.jobs.architecture.Operation.MaxPool;
import io.millrace.jobs.architecture.Operation.MeanPool;
import io.millrace.jobs.architecture.Operation.Relu;
import io.millrace.jobs.architecture.Operation.Relu6;
import io.millrace.jobs.architecture.Operation.Scale;
import io.millrace.jobs.architecture.Padding;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.engine.Network.Mode;
import io.millrace.jobs.engine.Network.Pass;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.loss.FocalLoss;
import io.millrace.jobs.loss.Loss;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.loss.WeightedCrossEntropy;
import io.millrace.jobs.optimiser.Clipping;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.tensor.Tensor;
import io.millrace.jobs.testing.States;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine must do; each engine's test extends it. */
public abstract class EngineContract {
  private static final int N = 5;

  /** Of the networks that are tried. */
  protected static final int CLASSES = SmallNetworks.CLASSES;

  private static final CrossEntropy LOSS = new CrossEntropy(CLASSES);
  private static final Hyper HYPER = new Hyper(0.05, 0.9);

  /** The engine that is tested. */
  protected abstract Engine engine();

  /** Of a slope by finite differences of losses in the engine's precision. */
  protected abstract double slopeError();

  /** Every operation, as it is tried. */
  public static Stream<Operation> operations() {
    return Stream.of(
        new Convolution(2, 3, 3, 1, 1, true),
        convolution(2, 3, new Padding.Same(), 1),
        convolution(3, 2, new Padding.Same(), 1),
        convolution(3, 2, new Padding.Same(), 2),
        convolution(5, 2, new Padding.Zeros(2), 2),
        convolution(5, 1, new Padding.Same(), 2),
        new Convolution(2, 3, 1, 5, 1, new Padding.Half(), 1, true, Initials.pytorch(10)),
        new Convolution(2, 4, 3, 1, 2, new Padding.Half(), 2, true, Initials.pytorch(3)),
        new BatchNorm(2, 1e-5, 0.1, 0.5f),
        new Relu(),
        new Relu6(),
        new LeakyRelu(0.3),
        new Scale(0.2),
        new MaxPool(3, 2, 1),
        new MaxPool(2, 2, 0),
        new MeanPool(3, 1, 1),
        new MeanPool(2, 2, 0),
        new MeanPool(3, 2, 1),
        new AveragePool(3),
        new AveragePool(4),
        new AveragePool(6),
        new AveragePool(12),
        new Halve(),
        new GlobalAverage(),
        new GlobalMax(),
        new Flatten(),
        new Dense(2 * 6 * 6, 4, true),
        new Add(),
        new Concat(),
        new Dropout(0.4));
  }

  /** From two channels to four. */
  private static Operation convolution(int kernel, int stride, Padding padding, int groups) {
    int fanIn = 2 / groups * kernel * kernel;
    return new Convolution(2, 4, kernel, stride, padding, groups, true, Initials.pytorch(fanIn));
  }

  @Test
  void triesEveryOperation() {
    assertThat(operations().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(Operation.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void translatesOperationOrNamesItUnsupported(Operation operation) {
    Blueprint net = around(operation);
    List<String> unsupported = engine().unsupported(net, Set.of());
    if (!unsupported.isEmpty()) {
      assertThat(unsupported).allMatch(it -> it.startsWith(engine().name() + " "));
      assertThatThrownBy(() -> engine().network(net, 1, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(unsupported.get(0));
      return;
    }
    assertSlopes(net);
  }

  @Test
  void gradientsThroughBranchesEqualFiniteDifferences() {
    assertSlopes(branched());
  }

  @Test
  void fusedLossEqualsOpenPass() {
    Blueprint net = branched();
    Minibatch batch = batch(net, N, 9);
    try (Network fused = engine().network(net, 1, 7);
        Network open = engine().network(net, 1, 7)) {
      Measures found = fused.lossAndGradient(batch, LOSS);
      open.zeroGradient();
      Measures expected = openLossAndGradient(open, batch);
      assertThat(found.sum(CrossEntropy.LOSS))
          .isCloseTo(expected.sum(CrossEntropy.LOSS), within(1e-4));
      assertThat(found.sum(CrossEntropy.ACCURACY)).isEqualTo(expected.sum(CrossEntropy.ACCURACY));
      assertThat(fused.gradient()).containsExactly(open.gradient(), within(2e-5f));
      assertThat(fused.predict(batch, LOSS))
          .containsExactly(LOSS.predictions(output(open, batch, Mode.PREDICTION)), within(1e-5f));
    }
  }

  @Test
  void backwardPassAddsToTheGradient() {
    Blueprint net = branched();
    Minibatch batch = batch(net, N, 3);
    try (Network network = engine().network(net, 1, 7)) {
      network.zeroGradient();
      openLossAndGradient(network, batch);
      float[] once = network.gradient();
      openLossAndGradient(network, batch);
      float[] twice = network.gradient();
      for (int i = 0; i < once.length; i++) {
        assertThat(twice[i]).isCloseTo(2 * once[i], within(1e-5f));
      }
    }
  }

  @Test
  void stateHasNamesAndShapesOfTheBlueprintInOrder() {
    Blueprint net = branched();
    try (Network network = engine().network(net, 1, 1)) {
      List<NamedTensor> tensors = network.state().tensors();
      List<TensorSpec> expected = net.tensors();
      assertThat(tensors).hasSameSizeAs(expected);
      for (int i = 0; i < tensors.size(); i++) {
        assertThat(tensors.get(i).name()).isEqualTo(expected.get(i).name());
        assertThat(tensors.get(i).shape()).isEqualTo(expected.get(i).shape());
        assertThat(tensors.get(i).values()).isEqualTo(expected.get(i).initialValues(1));
      }
    }
  }

  @Test
  void continuesWithTheSameBitsAfterRestoreElsewhere() {
    Blueprint net = branched();
    Optimiser sgd = new Optimiser.Sgd(1e-4, false);
    try (Network one = engine().network(net, 1, 1);
        Network other = engine().network(net, 1, 99)) {
      Updater ones = one.updater(sgd, Map.of());
      Updater others = other.updater(sgd, Map.of());
      steps(one, ones, 3, 0);
      other.restore(one.state());
      others.restore(ones.state());
      steps(one, ones, 3, 3);
      steps(other, others, 3, 3);
      States.assertSameBits(one.state(), other.state());
      States.assertSameBits(ones.state(), others.state());
    }
  }

  @Test
  void refusesStateWithOtherTensorsAndListsDifferences() {
    try (Network network = engine().network(branched(), 1, 1)) {
      State before = network.state();
      State other =
          before
              .without("left")
              .and(new State(List.of(before.tensor("out.bias").orElseThrow().named("odd"))));
      assertThatThrownBy(() -> network.restore(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Cannot restore the network: left.weight [3, 3] is missing; left.bias [3] is missing;"
                  + " odd [3] is not wanted");
      States.assertSameBits(network.state(), before);
    }
  }

  @Test
  void refusesMissingInputsAndOtherShapes() {
    Blueprint net = branched();
    try (Network network = engine().network(net, 1, 1)) {
      Minibatch good = batch(net, 2, 1);
      assertThatThrownBy(() -> network.forward(Map.of(), Mode.PREDICTION))
          .hasMessageStartingWith("Cannot find the floats left-in among");
      Map<String, Tensor> wrong = new LinkedHashMap<>(good.tensors());
      wrong.put("left-in", new FloatTensor(direct(4), 2, 2));
      assertThatThrownBy(() -> network.forward(wrong, Mode.PREDICTION))
          .hasMessage("Cannot take left-in of shape [2, 2]: the network takes [2, 3]");
      Map<String, Tensor> uneven = new LinkedHashMap<>(good.tensors());
      uneven.put("right-in", new FloatTensor(direct(6), 3, 2));
      assertThatThrownBy(() -> network.forward(uneven, Mode.PREDICTION))
          .hasMessage("Cannot take right-in of shape [3, 2]: the network takes [2, 2]");
    }
  }

  @Test
  void refusesFewerThanOneThread() {
    assertThatThrownBy(() -> engine().network(branched(), 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot compute with 0 threads: give 1 or more");
  }

  @Test
  void networkCanOutputIntermediateNodes() {
    Blueprint net = branched();
    Minibatch batch = batch(net, N, 4);
    DoubleTensor plain;
    try (Network network = engine().network(net, 1, 7)) {
      plain = output(network, batch, Mode.PREDICTION);
    }
    Blueprint tapped = net.withOutputs(List.of("out", "sum"));
    try (Network network = engine().network(tapped, 1, 7);
        Pass pass = network.forward(batch.tensors(), Mode.PREDICTION)) {
      assertThat(pass.output("out").values()).containsExactly(plain.values(), within(1e-6));
      DoubleTensor sum = pass.output("sum");
      assertThat(sum.shape()).containsExactly(N, 3);
      // out = W relu(sum) + b
      State state = network.state();
      float[] weight = state.tensor("out.weight").orElseThrow().values();
      float[] bias = state.tensor("out.bias").orElseThrow().values();
      for (int n = 0; n < N; n++) {
        for (int o = 0; o < CLASSES; o++) {
          double expected = bias[o];
          for (int i = 0; i < 3; i++) {
            expected += weight[o * 3 + i] * Math.max(0, sum.values()[n * 3 + i]);
          }
          assertThat(pass.output("out").values()[n * CLASSES + o])
              .isCloseTo(expected, within(1e-5));
        }
      }
    }
  }

  /** Engines may compute some operations in place, where nothing else needs what was there. */
  @Test
  void valueThatIsUsedTwiceIsNotOverwritten() {
    BlueprintBuilder net = new BlueprintBuilder();
    String at = net.dense("one", net.input("in", Shape.of(4)), 6, true);
    String relu = net.add("relu", new Relu(), at);
    String sum = net.add("sum", new Add(), at, relu);
    String last = net.add("last", new Add(), net.add("relu2", new Relu(), sum), relu);
    Blueprint blueprint =
        net.build(net.dense("out", last, CLASSES, true)).withOutputs(List.of("one", "sum", "out"));
    Minibatch batch = batch(blueprint, N, 3);
    try (Network network = engine().network(blueprint, 1, 3)) {
      for (Mode mode : Mode.values()) {
        try (Pass pass = network.forward(batch.tensors(), mode)) {
          double[] one = pass.output("one").values();
          double[] twice = Arrays.stream(one).map(it -> it + Math.max(0, it)).toArray();
          assertThat(pass.output("sum").values())
              .as("%s", mode)
              .containsExactly(twice, within(1e-6));
        }
      }
    }
    assertSlopes(net.build("out"));
  }

  @Test
  void groupWithRateZeroKeepsItsWeights() {
    Blueprint net = branched();
    try (Network network = engine().network(net, 1, 1)) {
      Updater updater =
          network.updater(new Optimiser.Sgd(0.1, false), Map.of("still", List.of("left")));
      State before = network.state();
      network.lossAndGradient(batch(net, N, 1), LOSS);
      updater.step(new Hyper(0.1, 0.9, Map.of("still", 0.0)));
      State after = network.state();
      for (String name : List.of("left.weight", "left.bias")) {
        assertThat(after.tensor(name).orElseThrow().values())
            .isEqualTo(before.tensor(name).orElseThrow().values());
      }
      assertThat(after.tensor("out.weight").orElseThrow().values())
          .isNotEqualTo(before.tensor("out.weight").orElseThrow().values());
      assertThatThrownBy(
              () -> network.updater(new Optimiser.Sgd(0, false), Map.of("g", List.of("lef"))))
          .hasMessage("Cannot put lef into the group g: no tensor's name begins with it");
    }
  }

  @Test
  void clipsTheGradientOfLayersThatMove() {
    Blueprint net = branched();
    Layout layout = Layout.of(net.tensors()).grouped(Map.of("still", List.of("left")));
    List<Layout.Part> moving = layout.moving(new Hyper(0.1, 0.9, Map.of("still", 0.0)));
    try (Network network = engine().network(net, 1, 1)) {
      for (Clipping clipping : List.of(new Clipping.Norm(0.05), new Clipping.Value(0.01))) {
        network.lossAndGradient(batch(net, N, 1), LOSS);
        float[] before = network.gradient();
        float[] expected = before.clone();
        clipping.clip(expected, moving);
        network.clipGradient(clipping, moving);
        assertThat(network.gradient())
            .as("%s", clipping)
            .isNotEqualTo(before)
            .containsExactly(expected, within(1e-7f));
      }
    }
  }

  /** An engine may have cross-entropy as a layer, but no other loss. */
  @Test
  void takesTheSlopeOfTheGivenLoss() {
    Blueprint net = branched();
    Minibatch batch = batch(net, N, 1);
    try (Network network = engine().network(net, 1, 1)) {
      network.lossAndGradient(batch, LOSS);
      float[] plain = network.gradient();
      for (Loss loss :
          List.of(
              new WeightedCrossEntropy(LOSS.classes(), 0.2, List.of()),
              new FocalLoss(LOSS.classes(), 2))) {
        Measures found = network.lossAndGradient(batch, loss);
        float[] gradient = network.gradient();
        network.zeroGradient();
        Measures expected = openLossAndGradient(network, batch, loss);
        assertThat(found.sum(CrossEntropy.LOSS))
            .isCloseTo(expected.sum(CrossEntropy.LOSS), within(1e-5));
        assertThat(gradient).containsExactly(network.gradient(), within(1e-6f)).isNotEqualTo(plain);
      }
    }
  }

  /** Holds the gradients of a network against finite differences. */
  protected final void assertSlopes(Blueprint net) {
    new FiniteDifferences(engine(), LOSS, slopeError()).assertGradient(net, batch(net, N, 4));
  }

  private static Measures openLossAndGradient(Network network, Minibatch batch) {
    return openLossAndGradient(network, batch, LOSS);
  }

  private static Measures openLossAndGradient(Network network, Minibatch batch, Loss loss) {
    try (Pass pass = network.forward(batch.tensors(), Mode.TRAINING)) {
      String output = network.blueprint().output();
      Loss.Slope slope = loss.slope(pass.output(output), batch);
      pass.backward(Map.of(output, slope.gradient()));
      return slope.measures();
    }
  }

  private static DoubleTensor output(Network network, Minibatch batch, Mode mode) {
    try (Pass pass = network.forward(batch.tensors(), mode)) {
      return pass.output(network.blueprint().output());
    }
  }

  private static void steps(Network network, Updater updater, int count, int from) {
    for (int i = from; i < from + count; i++) {
      network.lossAndGradient(batch(network.blueprint(), 3 + i % 2, i), LOSS);
      updater.step(HYPER);
    }
  }
}
