package io.millrace.bench;

import io.millrace.jobs.engine.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The reference of the training benchmark, as one would write it with Deeplearning4j alone: the
 * network of {@code resnet}, minibatches in memory, {@code fit} with its own momentum, two threads,
 * the oneDNN path on. Prints images a second.
 */
final class BareLoop {
  private static final int THREADS = 2;
  private static final double NANOS = 1e9;

  private BareLoop() {}

  /**
   * @param arguments the folder of CIFAR-10 binaries
   */
  public static void main(String[] arguments) throws IOException {
    // Loads the native libraries and turns oneDNN on; then ND4J's own loops get all threads, too.
    Engines.named(Engines.DEFAULT).description();
    Nd4j.getEnvironment().setMaxThreads(THREADS);
    Nd4j.getEnvironment().setMaxMasterThreads(THREADS);
    Nd4j.factory().blas().setMaxThreads(THREADS);
    List<DataSet> minibatches = minibatches(Path.of(arguments[0]));
    ComputationGraph graph = graph();
    fit(graph, minibatches, Load.WARM_ROUNDS * Load.EVERY);
    long start = System.nanoTime();
    int steps = Load.ROUNDS * Load.EVERY;
    fit(graph, minibatches, steps);
    System.out.println(steps * Load.STEP * NANOS / (System.nanoTime() - start));
  }

  private static void fit(ComputationGraph graph, List<DataSet> minibatches, int steps) {
    for (int step = 0; step < steps; step++) {
      graph.fit(minibatches.get(step % minibatches.size()));
    }
  }

  private static List<DataSet> minibatches(Path folder) throws IOException {
    List<DataSet> minibatches = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
    }
    for (Path file : files) {
      byte[] records = Files.readAllBytes(file);
      int whole = records.length / CifarRecords.BYTES / Load.STEP;
      for (int i = 0; i < whole; i++) {
        minibatches.add(minibatch(records, i * Load.STEP));
      }
    }
    return minibatches;
  }

  private static DataSet minibatch(byte[] records, int first) {
    float[] images = new float[Load.STEP * CifarRecords.PIXELS];
    float[] targets = new float[Load.STEP * Load.CLASSES];
    for (int i = 0; i < Load.STEP; i++) {
      int at = (first + i) * CifarRecords.BYTES;
      targets[i * Load.CLASSES + records[at]] = 1;
      for (int p = 0; p < CifarRecords.PIXELS; p++) {
        images[i * CifarRecords.PIXELS + p] = ((records[at + 1 + p] & 0xFF) / 255f - 0.5f) / 0.25f;
      }
    }
    INDArray pixels = Nd4j.create(images, new long[] {Load.STEP, 3, 32, 32}, 'c');
    INDArray labels = Nd4j.create(targets, new long[] {Load.STEP, Load.CLASSES}, 'c');
    return new DataSet(pixels, labels);
  }

  private static ComputationGraph graph() {
    GraphBuilder net =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Nesterovs(Load.LEARNING_RATE, Load.MOMENTUM))
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .convolutionMode(ConvolutionMode.Same)
            .graphBuilder()
            .addInputs("image")
            .setInputTypes(InputType.convolutional(32, 32, 3));
    String at = "image";
    int in = 3;
    for (int i = 0; i < Load.CHANNELS.size(); i++) {
      at = block(net, "block" + i, at, in, Load.CHANNELS.get(i), i == 0 ? 1 : 2);
      in = Load.CHANNELS.get(i);
    }
    net.addLayer("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), at)
        .addLayer(
            "linear",
            new DenseLayer.Builder()
                .nOut(Load.CLASSES)
                .activation(Activation.IDENTITY)
                .hasBias(false)
                .build(),
            "pool")
        .addLayer("norm", new BatchNormalization.Builder().build(), "linear")
        .addLayer(
            "loss",
            new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build(),
            "norm")
        .setOutputs("loss");
    ComputationGraph graph = new ComputationGraph(net.build());
    graph.init();
    return graph;
  }

  private static String block(
      GraphBuilder net, String name, String from, int in, int out, int stride) {
    net.addLayer(name + ".conv1", convolution(3, 1, out, false), from)
        .addLayer(name + ".norm1", new BatchNormalization.Builder().build(), name + ".conv1")
        .addLayer(name + ".relu1", relu(), name + ".norm1")
        .addLayer(name + ".conv2", convolution(3, stride, out, false), name + ".relu1")
        .addLayer(name + ".norm2", new BatchNormalization.Builder().build(), name + ".conv2");
    String shortcut = from;
    if (stride == 2) {
      SubsamplingLayer halve =
          new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, new int[] {2, 2})
              .stride(2, 2)
              .build();
      net.addLayer(name + ".halve", halve, shortcut);
      shortcut = name + ".halve";
    }
    if (in != out) {
      net.addLayer(name + ".shortcut", convolution(1, 1, out, true), shortcut);
      shortcut = name + ".shortcut";
    }
    net.addVertex(
            name + ".add",
            new ElementWiseVertex(ElementWiseVertex.Op.Add),
            name + ".norm2",
            shortcut)
        .addLayer(name + ".relu2", relu(), name + ".add");
    return name + ".relu2";
  }

  private static ConvolutionLayer convolution(int kernel, int stride, int out, boolean bias) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .stride(stride, stride)
        .nOut(out)
        .hasBias(bias)
        .activation(Activation.IDENTITY)
        .build();
  }

  private static ActivationLayer relu() {
    return new ActivationLayer.Builder().activation(Activation.RELU).build();
  }
}
