package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.dl4j.ParameterLayout.Place;
import io.millrace.jobs.tensor.Minibatch;
import java.nio.FloatBuffer;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph of Deeplearning4j in double precision with random parameters, gains of 0 included. */
final class DoubleGraph implements AutoCloseable {
  private static final double STEP = 1e-5;

  final ComputationGraph graph;
  final ParameterLayout layout;
  final INDArray parameters;
  private final INDArray images;
  private final INDArray targets;

  DoubleGraph(Blueprint blueprint, Minibatch batch) {
    Placement.ofTask(1).take();
    graph = GraphTranslation.graph(blueprint, DataType.DOUBLE, true);
    layout = ParameterLayout.of(blueprint, graph);
    parameters = graph.params();
    Random random = new Random(3);
    for (Place place : layout.places()) {
      for (int i = 0; i < place.tensor().size(); i++) {
        // Rounded to floats, so that the float network has the very same weights.
        float value = place.tensor().trainable() ? (float) random.nextGaussian() * 0.5f : 1;
        parameters.putScalar(place.offset() + i, value);
      }
    }
    images = copy(batch.floats(Minibatch.IMAGES).values(), batch.floats(Minibatch.IMAGES).shape());
    targets =
        copy(batch.floats(Minibatch.TARGETS).values(), batch.floats(Minibatch.TARGETS).shape());
  }

  INDArray gradient() {
    graph.setInputs(images);
    graph.setLabels(targets);
    graph.computeGradientAndScore();
    return graph.getFlattenedGradients();
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
