package io.millrace.jobs.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.engine.dl4j.ParameterLayout.Place;
import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.States;
import io.millrace.pipeline.CannotException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class Dl4jNetworkTest {
  private static final Blueprint SMALL = new ResNet(List.of(8, 16, 16)).blueprint(3, 16, 16, 10);
  private static final Optimiser SGD = new Optimiser.Sgd(1e-4, false);
  private static final CrossEntropy LOSS = new CrossEntropy(10);
  private static final Hyper HYPER = new Hyper(0.05, 0.9);
  // A power of two: learning rate times gradient is exact, so that fusing it into the subtraction,
  // as PyTorch does and Deeplearning4j does not, rounds alike.
  private static final double EXACT_RATE = 0.125;

  private final Engine engine = Engines.named("dl4j");

  @Test
  void describesVersionsAndInstructionSet() {
    assertThat(engine.description())
        .containsEntry("deeplearning4j", "1.0.0-M2.1")
        .containsEntry("onednn", "on")
        .containsKeys("instruction-set", "max-bytes", "max-physical-bytes");
    assertThatThrownBy(() -> Engines.named("dl5j"))
        .isInstanceOf(CannotException.class)
        .hasMessage("Cannot find an engine named dl5j: there are dl4j, plain, torch");
  }

  @Test
  void fastPathCheckFailsWithoutOneDnn() {
    engine.description();
    String property = "org.eclipse.deeplearning4j.helpers.disable";
    String before = System.setProperty(property, "true");
    try {
      assertThatThrownBy(FastPath::check)
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("do not use oneDNN");
    } finally {
      System.setProperty(property, before);
    }
  }

  @Test
  void plainSgdEqualsDl4jsFitBitForBit() {
    Minibatch batch = Batches.of(SMALL, 7, 2);
    try (Learner learner =
        new Supervised("dl4j", SMALL, LOSS, new Optimiser.Sgd(0, false), 1, 4).learner()) {
      ComputationGraph graph = GraphTranslation.graph(SMALL, DataType.FLOAT, true);
      ParameterLayout layout = ParameterLayout.of(SMALL, graph);
      put(graph, layout, Supervised.network(learner.state()));
      graph.setLearningRate(EXACT_RATE);
      DataSet same = dataSet(batch);
      for (int step = 0; step < 5; step++) {
        learner.step(batch, new Hyper(EXACT_RATE, 0));
        graph.fit(same);
      }
      float[] fitted = graph.params().toFloatVector();
      for (int i = 0; i < layout.places().size(); i++) {
        Place place = layout.places().get(i);
        assertThat(learner.state().tensors().get(i).values())
            .as(place.tensor().name())
            .containsExactly(
                Arrays.copyOfRange(fitted, place.offset(), place.offset() + place.tensor().size()));
      }
      graph.close();
    }
  }

  @Test
  void stateNamesEveryTensorAndItsRole() {
    try (Learner learner = learner(SMALL, new Optimiser.Adam(0.999, 1e-8, 0, true))) {
      learner.step(Batches.of(SMALL, 4, 1), HYPER);
      List<NamedTensor> tensors = learner.state().tensors();
      assertThat(tensors)
          .filteredOn(tensor -> tensor.name().startsWith("optimiser."))
          .extracting(NamedTensor::name)
          .containsExactly("optimiser.exp_avg", "optimiser.exp_avg_sq", "optimiser.steps");
      NamedTensor last = tensors.get(tensors.size() - 1);
      assertThat(last.role()).isEqualTo(Role.COUNT);
      assertThat(last.values()).containsExactly(1);
      assertThat(tensors)
          .filteredOn(tensor -> tensor.role() == Role.AVERAGE)
          .filteredOn(tensor -> tensor.name().endsWith("running_var"))
          .isNotEmpty()
          .allSatisfy(
              tensor -> {
                for (float variance : tensor.values()) {
                  assertThat(variance).isPositive().isNotEqualTo(1);
                }
              });
    }
  }

  @Test
  void runningStatisticsFollowTheBatch() {
    Blueprint net = new ResNet(List.of(4)).blueprint(1, 4, 4, 2);
    Minibatch batch = Batches.of(net, 6, 3);
    try (Network network = engine.network(net, 1, 1)) {
      float[] kernel = network.state().tensors().get(0).values();
      network.lossAndGradient(batch, new CrossEntropy(2));
      double[] moments = momentsOfFirstChannel(batch, kernel);
      List<NamedTensor> after = network.state().tensors();
      assertThat((double) after.get(3).values()[0]).isCloseTo(0.1 * moments[0], within(1e-6));
      assertThat((double) after.get(4).values()[0]).isCloseTo(0.9 + 0.1 * moments[1], within(1e-6));
    }
  }

  @Test
  void continuesWithTheSameBitsAfterRestoreElsewhere() {
    for (Optimiser optimiser : List.of(SGD, new Optimiser.Adam(0.999, 1e-8, 1e-2, true))) {
      try (Learner one = learner(SMALL, optimiser);
          Learner other = new Supervised("dl4j", SMALL, LOSS, optimiser, 1, 99).learner()) {
        steps(one, 3, 0);
        other.restore(one.state());
        steps(one, 3, 3);
        steps(other, 3, 3);
        States.assertSameBits(one.state(), other.state());
      }
    }
  }

  @Test
  void refusesStateOfAnotherNetworkOrOptimiser() {
    Blueprint wider = new ResNet(List.of(8, 16, 17)).blueprint(3, 16, 16, 10);
    try (Learner learner = learner(SMALL, SGD);
        Learner other = learner(wider, SGD);
        Learner adam = learner(SMALL, new Optimiser.Adam(0.999, 1e-8, 0, false))) {
      State before = learner.state();
      for (State foreign : List.of(other.state(), adam.state(), new State(List.of()))) {
        assertThatThrownBy(() -> learner.restore(foreign))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("Cannot restore");
      }
      States.assertSameBits(before, learner.state());
    }
  }

  @Test
  void twoTrainingsAtOnceEndWithTheBitsOfOneAlone() throws Exception {
    State alone = trained();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Callable<State>> both = List.of(this::trained, this::trained);
      for (Future<State> result : pool.invokeAll(both)) {
        States.assertSameBits(alone, result.get());
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void twoNativeThreadsGiveTheSameBitsEveryTime() {
    List<State> states = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (Learner learner = new Supervised("dl4j", SMALL, LOSS, SGD, 2, 1).learner()) {
        steps(learner, 4, 0);
        states.add(learner.state());
      }
    }
    States.assertSameBits(states.get(0), states.get(1));
  }

  @Test
  void takesBatchesOfAnySizeInAnyOrder() {
    try (Network network = engine.network(SMALL, 1, 1)) {
      Updater updater = network.updater(SGD, Map.of());
      float[] first = network.predict(Batches.of(SMALL, 5, 9), LOSS);
      for (int n : new int[] {1, 8, 3, 8, 1}) {
        Minibatch batch = Batches.of(SMALL, n, n);
        float[] probabilities = network.predict(batch, LOSS);
        assertThat(probabilities).hasSize(n * 10);
        for (int i = 0; i < n; i++) {
          double sum = 0;
          for (int k = 0; k < 10; k++) {
            sum += probabilities[i * 10 + k];
          }
          assertThat(sum).isCloseTo(1, within(1e-5));
        }
      }
      assertThat(network.predict(Batches.of(SMALL, 5, 9), LOSS)).containsExactly(first);
      for (int n : new int[] {4, 1, 3}) {
        assertThat(network.lossAndGradient(Batches.of(SMALL, n, n), LOSS).areFinite()).isTrue();
        updater.step(HYPER);
      }
    }
  }

  @Test
  void predictionDoesNotDependOnTheOtherPictures() {
    try (Learner learner = learner(SMALL, SGD);
        Network network = engine.network(SMALL, 1, 1)) {
      steps(learner, 3, 0);
      network.restore(Supervised.network(learner.state()));
      Minibatch three = Batches.of(SMALL, 3, 8);
      Minibatch one = Batches.of(SMALL, 1, 8);
      float[] among = Arrays.copyOf(network.predict(three, LOSS), 10);
      assertThat(network.predict(one, LOSS)).containsExactly(among, within(1e-5f));
    }
  }

  @Test
  void returnsLossThatIsNotANumberAndKeepsTheWeights() {
    Blueprint net = new Linear().blueprint(1, 2, 2, 2);
    try (Learner learner = learner(net, SGD)) {
      State before = learner.state();
      Minibatch poisoned = Batches.of(net, 2, 1);
      poisoned.floats(Minibatch.IMAGES).values().put(0, Float.NaN);
      assertThat(learner.step(poisoned, HYPER).sum(CrossEntropy.LOSS)).isNaN();
      States.assertSameBits(before, learner.state());
    }
  }

  @Test
  void lossFallsDuringTraining() {
    Blueprint net = new ConvNet(List.of(8, 16)).blueprint(3, 12, 12, 10);
    Minibatch batch = Batches.of(net, 16, 6);
    try (Learner learner = learner(net, SGD)) {
      double first = learner.step(batch, HYPER).sum(CrossEntropy.LOSS);
      double last = first;
      for (int i = 0; i < 40; i++) {
        last = learner.step(batch, HYPER).sum(CrossEntropy.LOSS);
      }
      assertThat(last).isLessThan(first / 4);
    }
  }

  @Test
  void refusesUnsuitableMinibatchesAndThreads() {
    try (Network network = engine.network(SMALL, 1, 1)) {
      Minibatch other = Batches.of(new Linear().blueprint(3, 8, 8, 10), 2, 1);
      assertThatThrownBy(() -> network.predict(other, LOSS))
          .hasMessage("Cannot take images of shape [2, 3, 8, 8]: the network takes [2, 3, 16, 16]");
      Minibatch good = Batches.of(SMALL, 2, 1);
      Minibatch bare =
          new Minibatch(good.ids(), Map.of(Minibatch.IMAGES, good.floats(Minibatch.IMAGES)));
      assertThatThrownBy(() -> network.lossAndGradient(bare, LOSS))
          .hasMessageContaining("without targets");
      assertThatThrownBy(() -> engine.network(SMALL, 0, 1)).hasMessageContaining("0 threads");
    }
  }

  private static Learner learner(Blueprint blueprint, Optimiser optimiser) {
    CrossEntropy loss = new CrossEntropy(Batches.classes(blueprint));
    return new Supervised("dl4j", blueprint, loss, optimiser, 1, 1).learner();
  }

  private State trained() {
    try (Learner learner = learner(SMALL, SGD)) {
      steps(learner, 12, 0);
      return learner.state();
    }
  }

  private static void steps(Learner learner, int count, int from) {
    for (int i = from; i < from + count; i++) {
      learner.step(Batches.of(SMALL, 6 + i % 2, i), HYPER);
    }
  }

  private static void put(ComputationGraph graph, ParameterLayout layout, State state) {
    float[] values = new float[Math.toIntExact(graph.numParams())];
    for (int i = 0; i < layout.places().size(); i++) {
      float[] tensor = state.tensors().get(i).values();
      System.arraycopy(tensor, 0, values, layout.places().get(i).offset(), tensor.length);
    }
    Floats.of(graph.params()).write(values);
  }

  private static DataSet dataSet(Minibatch batch) {
    InputArray images = new InputArray();
    InputArray targets = new InputArray();
    INDArray x = images.holding(batch.floats(Minibatch.IMAGES));
    return new DataSet(x, targets.holding(batch.floats(Minibatch.TARGETS)));
  }

  /** Mean and variance (dividing by N) of a 3 x 3 convolution with padding 1, channel 0. */
  private static double[] momentsOfFirstChannel(Minibatch batch, float[] kernel) {
    int side = 4;
    List<Double> sums = new ArrayList<>();
    for (int n = 0; n < batch.size(); n++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double sum = 0;
          for (int k = 0; k < 9; k++) {
            int row = y + k / 3 - 1;
            int column = x + k % 3 - 1;
            if (row >= 0 && row < side && column >= 0 && column < side) {
              sum +=
                  (double) kernel[k]
                      * batch
                          .floats(Minibatch.IMAGES)
                          .values()
                          .get((n * side + row) * side + column);
            }
          }
          sums.add(sum);
        }
      }
    }
    double mean = sums.stream().mapToDouble(it -> it).average().orElseThrow();
    double variance =
        sums.stream().mapToDouble(it -> (it - mean) * (it - mean)).average().orElseThrow();
    return new double[] {mean, variance};
  }
}
