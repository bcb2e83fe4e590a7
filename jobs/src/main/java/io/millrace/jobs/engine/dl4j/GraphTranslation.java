package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.Padding;
import io.millrace.jobs.architecture.Shape;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.BaseConvBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Translates a blueprint to a ComputationGraph. The graph's inputs are the blueprint's, then the
 * factors of each dropout: it multiplies by what it is given.
 */
final class GraphTranslation {
  static final String LOSS = "loss";
  private static final String FACTORS = ".factors";

  private GraphTranslation() {}

  /**
   * A graph whose parameters are all 0 and which does not update them itself.
   *
   * @param withLoss whether it ends in softmax and cross-entropy
   */
  static ComputationGraph graph(Blueprint blueprint, DataType type, boolean withLoss) {
    // A graph must have an updater, even though it is not used.
    return graph(configuration(blueprint, type, new Sgd(1), withLoss));
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
   * A second graph of the same blueprint over the parameters of another one.
   *
   * @param parameters of the other graph, which both share
   */
  static ComputationGraph graphOver(
      INDArray parameters, Blueprint blueprint, DataType type, boolean withLoss) {
    ComputationGraph graph =
        new ComputationGraph(configuration(blueprint, type, new Sgd(1), withLoss));
    graph.init(parameters, false);
    graph.initGradientsView();
    return graph;
  }

  /**
   * The configuration of a graph.
   *
   * @param updater of all its parameters except running statistics
   * @param withLoss whether it ends in softmax and cross-entropy
   */
  static ComputationGraphConfiguration configuration(
      Blueprint blueprint, DataType type, IUpdater updater, boolean withLoss) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(type)
            // Nothing is drawn from it; by default it is the time of day.
            .seed(0)
            .updater(updater)
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs(blueprint.inputs().keySet().toArray(String[]::new))
            .addInputs(
                blueprint.dropouts().stream()
                    .map(node -> node.name() + FACTORS)
                    .toArray(String[]::new));
    for (Node node : blueprint.nodes()) {
      add(
          builder,
          withInputOfItsOwn(builder, node, blueprint),
          blueprint.shape(node.inputs().get(0)));
    }
    if (withLoss) {
      LossLayer loss =
          new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build();
      builder.addLayer(LOSS, loss, blueprint.output()).setOutputs(LOSS);
    } else {
      builder.setOutputs(blueprint.outputs().toArray(String[]::new));
    }
    return builder.build();
  }

  /**
   * In prediction mode Deeplearning4j writes the result of an activation over its input: where
   * something else needs that input too, the activation gets a copy.
   */
  private static Node withInputOfItsOwn(GraphBuilder graph, Node node, Blueprint blueprint) {
    String input = node.inputs().get(0);
    boolean activation =
        node.operation() instanceof Operation.Relu
            || node.operation() instanceof Operation.Relu6
            || node.operation() instanceof Operation.LeakyRelu;
    boolean shared =
        blueprint.outputs().contains(input)
            || blueprint.nodes().stream().filter(it -> it.inputs().contains(input)).count() > 1;
    if (!activation || !shared) {
      return node;
    }
    String copy = node.name() + ".copy";
    graph.addVertex(copy, new ScaleVertex(1), input);
    return new Node(node.name(), node.operation(), List.of(copy), node.shape());
  }

  private static void add(GraphBuilder graph, Node node, Shape in) {
    String name = node.name();
    String[] from = node.inputs().toArray(String[]::new);
    Operation operation = node.operation();
    if (operation instanceof Operation.Convolution it) {
      graph.addLayer(name, convolution(it), from);
    } else if (operation instanceof Operation.BatchNorm it) {
      graph.addLayer(
          name,
          new BatchNormalization.Builder()
              .nIn(it.channels())
              .nOut(it.channels())
              .eps(it.epsilon())
              .decay(1 - it.momentum())
              // The variance itself, not the logarithm of its root, since states hold the values.
              .useLogStd(false)
              .build(),
          from);
    } else if (operation instanceof Operation.Relu) {
      graph.addLayer(name, new ActivationLayer.Builder().activation(Activation.RELU).build(), from);
    } else if (operation instanceof Operation.Relu6) {
      graph.addLayer(
          name, new ActivationLayer.Builder().activation(Activation.RELU6).build(), from);
    } else if (operation instanceof Operation.LeakyRelu it) {
      graph.addLayer(
          name,
          new ActivationLayer.Builder().activation(new ActivationLReLU(it.slope())).build(),
          from);
    } else if (operation instanceof Operation.Scale it) {
      graph.addVertex(name, new ScaleVertex(it.factor()), from);
    } else if (operation instanceof Operation.MaxPool it) {
      graph.addLayer(
          name,
          new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, square(it.kernel()))
              .stride(square(it.stride()))
              .padding(square(it.padding()))
              .convolutionMode(ConvolutionMode.Truncate)
              .build(),
          from);
    } else if (operation instanceof Operation.MeanPool it) {
      graph.addLayer(
          name,
          new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, square(it.kernel()))
              .stride(square(it.stride()))
              .padding(square(it.padding()))
              .convolutionMode(ConvolutionMode.Truncate)
              .build(),
          from);
    } else if (operation instanceof Operation.AveragePool it) {
      graph.addLayer(name, averagePool(it, in), from);
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
    } else if (operation instanceof Operation.Dropout) {
      graph.addVertex(
          name, new ElementWiseVertex(ElementWiseVertex.Op.Product), from[0], name + FACTORS);
    } else if (operation instanceof Operation.Concat) {
      graph.addVertex(name, new MergeVertex(), from);
    } else {
      throw new IllegalArgumentException("Cannot translate " + operation);
    }
  }

  private static Layer convolution(Operation.Convolution it) {
    int[] kernel = {it.kernelHeight(), it.kernelWidth()};
    BaseConvBuilder<?> layer =
        it.depthwise()
            ? new DepthwiseConvolution2D.Builder(kernel).depthMultiplier(it.out() / it.in())
            : new ConvolutionLayer.Builder(kernel);
    if (it.padding() instanceof Padding.Same) {
      layer.convolutionMode(ConvolutionMode.Same);
    } else {
      // As many zeros on both sides, whatever the length.
      int down = it.padding().before(1, it.kernelHeight(), it.stride());
      int across = it.padding().before(1, it.kernelWidth(), it.stride());
      layer.padding(down, across).convolutionMode(ConvolutionMode.Truncate);
    }
    return layer
        .nIn(it.in())
        .nOut(it.out())
        .stride(square(it.stride()))
        .activation(Activation.IDENTITY)
        .hasBias(it.bias())
        .build();
  }

  /** Windows that do not overlap, or pixels repeated. */
  private static Layer averagePool(Operation.AveragePool it, Shape in) {
    if (it.side() % in.height() == 0 && it.side() % in.width() == 0) {
      int[] times = {it.side() / in.height(), it.side() / in.width()};
      return new Upsampling2D.Builder().size(times).build();
    }
    int[] window = {in.height() / it.side(), in.width() / it.side()};
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, window)
        .stride(window)
        .convolutionMode(ConvolutionMode.Truncate)
        .build();
  }

  private static int[] square(int side) {
    return new int[] {side, side};
  }
}
