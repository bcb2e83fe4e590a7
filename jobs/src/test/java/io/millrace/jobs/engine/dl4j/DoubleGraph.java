package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorKind;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.engine.DropoutMask;
import io.millrace.jobs.engine.dl4j.ParameterLayout.Place;
import io.millrace.jobs.tensor.Minibatch;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph of Deeplearning4j in double precision with random parameters, gains of 0 included.
 * Weights are as large as keeps values of one size through many layers.
 */
final class DoubleGraph implements AutoCloseable {
  private static final double STEP = 1e-5;

  final ComputationGraph graph;
  final ParameterLayout layout;
  final INDArray parameters;
  private final Blueprint blueprint;
  private INDArray[] inputs;
  private INDArray targets;

  DoubleGraph(Blueprint blueprint, Minibatch batch) {
    this.blueprint = blueprint;
    Placement.ofTask(1).take();
    graph = GraphTranslation.graph(blueprint, DataType.DOUBLE, true);
    layout = ParameterLayout.of(blueprint, graph);
    parameters = graph.params();
    Random random = new Random(3);
    double[] values = new double[Math.toIntExact(parameters.length())];
    for (Place place : layout.places()) {
      TensorSpec tensor = place.tensor();
      int fanIn = tensor.size() / tensor.shape()[0];
      double size = Math.min(0.5, tensor.kind() == TensorKind.WEIGHT ? Math.sqrt(2.0 / fanIn) : 1);
      for (int i = 0; i < tensor.size(); i++) {
        // Rounded to floats, so that the float network has the very same weights.
        values[place.index(i)] = tensor.trainable() ? (float) (random.nextGaussian() * size) : 1;
      }
    }
    parameters.assign(Nd4j.createFromArray(values).reshape(parameters.shape()));
    take(batch);
  }

  /** For the next passes. */
  void take(Minibatch batch) {
    inputs =
        Stream.concat(
                Stream.of(batch.floats(Minibatch.IMAGES)),
                blueprint.dropouts().stream()
                    .map(node -> DropoutMask.of(node, batch.tensors(), batch.size())))
            .map(it -> copy(it.values(), it.shape()))
            .toArray(INDArray[]::new);
    targets =
        copy(batch.floats(Minibatch.TARGETS).values(), batch.floats(Minibatch.TARGETS).shape());
  }

  INDArray gradient() {
    graph.setInputs(inputs);
    graph.setLabels(targets);
    graph.computeGradientAndScore();
    return graph.getFlattenedGradients();
  }

  /**
   * The trainable part of parameters or a gradient, or what is not, in canonical order.
   *
   * @param flat in the graph's order
   */
  double[] canonical(INDArray flat, boolean trainable) {
    double[] all = flat.data().asDouble();
    DoubleBuffer values = DoubleBuffer.allocate(all.length);
    for (Place place : layout.places()) {
      if (place.tensor().trainable() == trainable) {
        for (int i = 0; i < place.tensor().size(); i++) {
          values.put(all[place.index(i)]);
        }
      }
    }
    return Arrays.copyOf(values.array(), values.position());
  }

  /** The weights of a later step; running statistics move by the gradient of the last pass. */
  void move(double[] weights, INDArray gradient) {
    double[] all = parameters.data().asDouble();
    double[] slopes = gradient.data().asDouble();
    int at = 0;
    for (Place place : layout.places()) {
      for (int i = 0; i < place.tensor().size(); i++) {
        int index = place.index(i);
        all[index] = place.tensor().trainable() ? weights[at++] : all[index] - slopes[index];
      }
    }
    parameters.assign(Nd4j.createFromArray(all).reshape(parameters.shape()));
  }

  double loss() {
    gradient();
    return graph.score();
  }

  double slope(int at) {
    double value = parameters.getDouble(at);
    parameters.putScalar(at, value + STEP);
    double above = loss();
    parameters.putScalar(at, value - STEP);
    double below = loss();
    parameters.putScalar(at, value);
    return (above - below) / (2 * STEP);
  }

  private static INDArray copy(FloatBuffer values, int[] shape) {
    double[] copy = new double[values.capacity()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values.get(i);
    }
    return Nd4j.createFromArray(copy).reshape(shape);
  }

  @Override
  public void close() {
    graph.close();
  }
}
