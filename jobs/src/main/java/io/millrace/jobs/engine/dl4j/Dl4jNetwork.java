package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.engine.DropoutMask;
import io.millrace.jobs.engine.EngineChecks;
import io.millrace.jobs.engine.HostUpdater;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.loss.Loss;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Clipping;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link Network} of two ComputationGraphs over one array of parameters: one ends in
 * Deeplearning4j's cross-entropy, the other in the blueprint's outputs. Each is built when it is
 * first needed. The graphs compute gradients and outputs; weights and running statistics are
 * updated here, so that the update is the same for every engine.
 */
final class Dl4jNetwork implements Network {
  private final Blueprint blueprint;
  private final Placement placement;
  private final ComputationGraph first;
  private final ParameterLayout layout;
  private final GraphWeights weights;
  private final Map<String, InputArray> inputs = new LinkedHashMap<>();
  private final InputArray targets = new InputArray();
  private Optional<ClassifierGraph> classifier = Optional.empty();
  private Optional<OpenGraph> open = Optional.empty();
  private boolean firstIsTaken;
  private boolean passIsOpen;

  Dl4jNetwork(Blueprint blueprint, int threads, long seed) {
    this.blueprint = blueprint;
    this.placement = Placement.ofTask(threads);
    placement.take();
    this.first = GraphTranslation.graph(blueprint, DataType.FLOAT, hasOneVector());
    this.layout = ParameterLayout.of(blueprint, first);
    this.weights = new GraphWeights(layout, Floats.of(first.params()), seed);
    blueprint.inputs().keySet().forEach(name -> inputs.put(name, new InputArray()));
    blueprint.dropouts().forEach(node -> inputs.put(node.name(), new InputArray()));
  }

  @Override
  public Blueprint blueprint() {
    return blueprint;
  }

  @Override
  public Pass forward(Map<String, Tensor> given, Mode mode) {
    FloatTensor[] values = checked(given, mode);
    placement.take();
    weights.ready();
    checkNoPassIsOpen();
    Pass pass = open().forward(holding(values), values[0].shape()[0], mode);
    passIsOpen = mode == Mode.TRAINING;
    return pass;
  }

  @Override
  public void zeroGradient() {
    Arrays.fill(weights.gradient(), 0);
  }

  @Override
  public float[] gradient() {
    return weights.gradient().clone();
  }

  @Override
  public Measures lossAndGradient(Minibatch batch, Loss loss) {
    if (!(loss instanceof CrossEntropy entropy) || !hasOneVector()) {
      return Network.super.lossAndGradient(batch, loss);
    }
    FloatTensor wanted = entropy.targets(batch);
    FloatTensor[] values = checked(batch.tensors(), Mode.TRAINING);
    placement.take();
    checkNoPassIsOpen();
    weights.ready();
    ClassifierGraph graph = classifier(entropy);
    Measures found =
        graph.pass(holding(values), targets.holding(wanted), wanted.values(), batch.size());
    weights.backward(graph.slopes(), batch.size(), false);
    return found;
  }

  @Override
  public float[] predict(Minibatch batch, Loss loss) {
    if (!(loss instanceof CrossEntropy entropy) || !hasOneVector()) {
      return Network.super.predict(batch, loss);
    }
    FloatTensor[] values = checked(batch.tensors(), Mode.PREDICTION);
    placement.take();
    checkNoPassIsOpen();
    weights.ready();
    return classifier(entropy).predict(holding(values));
  }

  @Override
  public void clipGradient(Clipping clipping, List<Layout.Part> parts) {
    clipping.clip(weights.gradient(), parts);
  }

  @Override
  public Updater updater(Optimiser optimiser, Map<String, List<String>> groups) {
    Layout all = Layout.of(blueprint.tensors()).grouped(groups);
    return new HostUpdater(
        optimiser.rule(all), weights.weights(), weights.gradient(), weights::moved);
  }

  @Override
  public State state() {
    return weights.state();
  }

  @Override
  public void restore(State state) {
    weights.restore(state);
  }

  @Override
  public void close() {
    inputs.values().forEach(InputArray::close);
    targets.close();
    classifier.ifPresent(ClassifierGraph::close);
    open.ifPresent(OpenGraph::close);
    if (!firstIsTaken) {
      first.close();
    }
  }

  /** The graphs share their inputs, and each remembers only its last pass. */
  private void checkNoPassIsOpen() {
    if (passIsOpen) {
      throw new IllegalStateException(
          "Cannot begin a pass: another one of this network is open; close it first");
    }
  }

  private boolean hasOneVector() {
    return blueprint.outputs().size() == 1
        && blueprint.shape(blueprint.output()).sides().size() == 1;
  }

  private ClassifierGraph classifier(CrossEntropy loss) {
    if (classifier.isEmpty()) {
      classifier = Optional.of(new ClassifierGraph(graph(true), blueprint, loss));
    }
    return classifier.get();
  }

  private OpenGraph open() {
    if (open.isEmpty()) {
      open =
          Optional.of(
              new OpenGraph(
                  graph(false), blueprint, weights, DataType.FLOAT, () -> passIsOpen = false));
    }
    return open.get();
  }

  /** The first graph, which was built for its layout, or another one over the same parameters. */
  private ComputationGraph graph(boolean withLoss) {
    if (withLoss == hasOneVector() && !firstIsTaken) {
      firstIsTaken = true;
      return first;
    }
    return GraphTranslation.graphOver(first.params(), blueprint, DataType.FLOAT, withLoss);
  }

  /** The network's inputs, then the factors of each dropout. */
  private FloatTensor[] checked(Map<String, Tensor> given, Mode mode) {
    List<FloatTensor> all = new ArrayList<>(EngineChecks.inputs(blueprint, given).values());
    int examples = all.get(0).shape()[0];
    for (Node node : blueprint.dropouts()) {
      all.add(
          mode == Mode.TRAINING
              ? DropoutMask.of(node, given, examples)
              : DropoutMask.none(node, examples));
    }
    return all.toArray(FloatTensor[]::new);
  }

  private INDArray[] holding(FloatTensor[] values) {
    INDArray[] arrays = new INDArray[values.length];
    int at = 0;
    for (InputArray input : inputs.values()) {
      arrays[at] = input.holding(values[at]);
      at++;
    }
    return arrays;
  }
}
