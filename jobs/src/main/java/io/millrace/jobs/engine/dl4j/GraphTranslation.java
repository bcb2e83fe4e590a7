package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.Shape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** From a blueprint to a ComputationGraph with softmax and cross-entropy at its end. */
final class GraphTranslation {
  static final String LOSS = "loss";

  private GraphTranslation() {}

  /** A graph whose parameters are all 0 and whose update is not its own. */
  static ComputationGraph graph(Blueprint blueprint, DataType type) {
    // A graph must have an updater all the same.
    return graph(configuration(blueprint, type, new Sgd(1)));
  }

  /** A graph whose parameters are all 0. */
  static ComputationGraph graph(ComputationGraphConfiguration configuration) {
    ComputationGraph graph = new ComputationGraph(configuration);
    INDArray none = null;
    graph.init(none, false);
    graph.params().assign(0);
    graph.initGradientsView();
    return graph;
  }

  /**
   * What a graph is made from.
   *
   * @param updater of all its parameters but running statistics
   */
  static ComputationGraphConfiguration configuration(
      Blueprint blueprint, DataType type, IUpdater updater) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(type)
            .updater(updater)
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs(Blueprint.INPUT);
    Shape input = new Shape(blueprint.channels(), blueprint.height(), blueprint.width());
    Shape before = input;
    for (Node node : blueprint.nodes()) {
      add(builder, node, node.inputs().get(0).equals(Blueprint.INPUT) ? input : before);
      before = node.shape();
    }
    LossLayer loss =
        new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build();
    builder.addLayer(LOSS, loss, logits(blueprint)).setOutputs(LOSS);
    return builder.build();
  }

  /** The node whose output the logits are. */
  static String logits(Blueprint blueprint) {
    return blueprint.nodes().get(blueprint.nodes().size() - 1).name();
  }

  private static void add(GraphBuilder graph, Node node, Shape in) {
    String name = node.name();
    String[] from = node.inputs().toArray(String[]::new);
    Operation operation = node.operation();
    if (operation instanceof Operation.Convolution it) {
      graph.addLayer(
          name,
          new ConvolutionLayer.Builder(it.kernel(), it.kernel())
              .nIn(it.in())
              .nOut(it.out())
              .stride(it.stride(), it.stride())
              .padding(it.padding(), it.padding())
              .convolutionMode(ConvolutionMode.Truncate)
              .activation(Activation.IDENTITY)
              .hasBias(it.bias())
              .build(),
          from);
    } else if (operation instanceof Operation.BatchNorm it) {
      graph.addLayer(
          name,
          new BatchNormalization.Builder()
              .nIn(it.channels())
              .nOut(it.channels())
              .eps(it.epsilon())
              .decay(1 - it.momentum())
              // The variance itself, not the logarithm of its root: states hold values.
              .useLogStd(false)
              .build(),
          from);
    } else if (operation instanceof Operation.Relu) {
      graph.addLayer(name, new ActivationLayer.Builder().activation(Activation.RELU).build(), from);
    } else if (operation instanceof Operation.Halve) {
      graph.addLayer(
          name,
          new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, new int[] {2, 2})
              .stride(2, 2)
              .convolutionMode(ConvolutionMode.Same)
              .build(),
          from);
    } else if (operation instanceof Operation.GlobalAverage) {
      graph.addLayer(name, new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), from);
    } else if (operation instanceof Operation.GlobalMax) {
      graph.addLayer(name, new GlobalPoolingLayer.Builder(PoolingType.MAX).build(), from);
    } else if (operation instanceof Operation.Flatten) {
      graph.addVertex(
          name,
          new PreprocessorVertex(
              new CnnToFeedForwardPreProcessor(in.height(), in.width(), in.channels())),
          from);
    } else if (operation instanceof Operation.Dense it) {
      graph.addLayer(
          name,
          new DenseLayer.Builder()
              .nIn(it.in())
              .nOut(it.out())
              .activation(Activation.IDENTITY)
              .hasBias(it.bias())
              .build(),
          from);
    } else if (operation instanceof Operation.Add) {
      graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), from);
    } else {
      throw new IllegalArgumentException("Cannot translate " + operation);
    }
  }
}
