package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.loss.Measures;
import java.nio.FloatBuffer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A graph that ends in Deeplearning4j's own softmax and cross-entropy, computed in one step. */
final class ClassifierGraph implements AutoCloseable {
  private final ComputationGraph graph;
  private final CrossEntropy loss;
  private final TrainingLogits logits;
  private final Floats gradients;
  private final float[] slopes;

  /**
   * @param graph with the loss at its end; closed with this object
   */
  ClassifierGraph(ComputationGraph graph, Blueprint blueprint, CrossEntropy loss) {
    this.graph = graph;
    this.loss = loss;
    this.logits = new TrainingLogits(blueprint.output(), loss);
    graph.setListeners(logits);
    this.gradients = Floats.of(graph.getFlattenedGradients());
    this.slopes = new float[gradients.length()];
  }

  /**
   * A forward and a backward pass.
   *
   * @param wanted {@code [N, classes]}, row-major: the values of the targets
   */
  Measures pass(INDArray[] inputs, INDArray targets, FloatBuffer wanted, int examples) {
    graph.setInputs(inputs);
    graph.setLabels(targets);
    graph.computeGradientAndScore();
    gradients.read(slopes);
    return Measures.of(examples, CrossEntropy.LOSS, graph.score() * examples)
        .with(CrossEntropy.ACCURACY, logits.correct(wanted));
  }

  /** The gradient of the last pass, in the graph's order: sums over the minibatch. */
  float[] slopes() {
    return slopes;
  }

  /** Probabilities {@code [N, classes]}, row-major. */
  float[] predict(INDArray[] inputs) {
    try (INDArray probabilities = graph.outputSingle(false, inputs)) {
      float[] rowMajor = new float[Math.toIntExact(probabilities.length())];
      Floats.of(probabilities).read(rowMajor);
      return rowMajor;
    }
  }

  CrossEntropy loss() {
    return loss;
  }

  @Override
  public void close() {
    graph.close();
  }
}
