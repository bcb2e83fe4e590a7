package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Pass;
import io.millrace.jobs.engine.dl4j.ParameterLayout.Place;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A ComputationGraph behind {@link Network}. The graph gives gradients and predictions; weights and
 * running statistics are moved here, so that the update is the same for every engine.
 */
final class Dl4jNetwork implements Network {
  private final Blueprint blueprint;
  private final Placement placement;
  private final ComputationGraph graph;
  private final ParameterLayout layout;
  private final Guesses guesses;
  private final Floats parameters;
  private final Floats gradients;
  private final InputArray images = new InputArray();
  private final InputArray targets = new InputArray();
  // The graph's parameters as they are now, and room for one gradient, both in the graph's order.
  private final float[] current;
  private final float[] slopes;

  Dl4jNetwork(Blueprint blueprint, int threads, long seed) {
    this.blueprint = blueprint;
    this.placement = Placement.ofTask(threads);
    placement.take();
    this.graph = GraphTranslation.graph(blueprint, DataType.FLOAT);
    this.layout = ParameterLayout.of(blueprint, graph);
    this.guesses = new Guesses(GraphTranslation.logits(blueprint), blueprint.classes());
    graph.setListeners(guesses);
    this.parameters = Floats.of(graph.params());
    this.gradients = Floats.of(graph.getFlattenedGradients());
    this.current = new float[parameters.length()];
    this.slopes = new float[gradients.length()];
    for (Place place : layout.places()) {
      float[] values = place.tensor().initialValues(seed);
      System.arraycopy(values, 0, current, place.offset(), values.length);
    }
    parameters.write(current);
  }

  @Override
  public int weightCount() {
    return layout.weightCount();
  }

  @Override
  public Pass lossAndGradient(Minibatch batch, float[] gradient) {
    checkLength(gradient);
    if (!batch.has(Minibatch.TARGETS)) {
      throw new IllegalArgumentException(
          "Cannot train on a minibatch without targets: it is of unlabelled images");
    }
    FloatTensor wanted = batch.floats(Minibatch.TARGETS);
    checkShape("images", batch.floats(Minibatch.IMAGES), imageShape(batch.size()));
    checkShape("targets", wanted, batch.size(), blueprint.classes());
    placement.take();
    graph.setInputs(images.holding(batch.floats(Minibatch.IMAGES)));
    graph.setLabels(targets.holding(wanted));
    graph.computeGradientAndScore();
    gradients.read(slopes);
    moveStatistics();
    int n = batch.size();
    layout.toCanonical(slopes, gradient);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= n;
    }
    return new Pass(graph.score(), guesses.correct(wanted.values()));
  }

  @Override
  public void copyWeights(float[] into) {
    checkLength(into);
    layout.toCanonical(current, into);
  }

  @Override
  public void setWeights(float[] from) {
    checkLength(from);
    layout.fromCanonical(from, current);
    placement.take();
    parameters.write(current);
  }

  @Override
  public float[] predict(Minibatch batch) {
    checkShape("images", batch.floats(Minibatch.IMAGES), imageShape(batch.size()));
    placement.take();
    try (INDArray probabilities =
        graph.outputSingle(false, images.holding(batch.floats(Minibatch.IMAGES)))) {
      float[] rowMajor = new float[Math.toIntExact(probabilities.length())];
      Floats.of(probabilities).read(rowMajor);
      return rowMajor;
    }
  }

  @Override
  public State state() {
    return new State(List.copyOf(layout.tensors(current)));
  }

  @Override
  public void restore(State state) {
    layout.place(state.tensors(), current);
    placement.take();
    parameters.write(current);
  }

  @Override
  public void close() {
    images.close();
    targets.close();
    graph.close();
  }

  /** In the slots of running statistics the graph leaves what to subtract, not divided by N. */
  private void moveStatistics() {
    for (Place place : layout.places()) {
      if (!place.tensor().trainable()) {
        int end = place.offset() + place.tensor().size();
        for (int i = place.offset(); i < end; i++) {
          current[i] -= slopes[i];
        }
      }
    }
    parameters.write(current);
  }

  private int[] imageShape(int n) {
    return new int[] {n, blueprint.channels(), blueprint.height(), blueprint.width()};
  }

  private void checkLength(float[] weights) {
    if (weights.length != layout.weightCount()) {
      throw new IllegalArgumentException(
          "Cannot take an array of %d for %d weights"
              .formatted(weights.length, layout.weightCount()));
    }
  }

  private static void checkShape(String what, FloatTensor tensor, int... shape) {
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new IllegalArgumentException(
          "Cannot take %s of shape %s: the network takes %s"
              .formatted(what, Arrays.toString(tensor.shape()), Arrays.toString(shape)));
    }
  }
}
