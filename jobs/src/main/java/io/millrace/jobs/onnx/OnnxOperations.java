package io.millrace.jobs.onnx;

import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.onnx.OnnxGraph.Attribute;
import java.util.List;
import java.util.stream.Stream;

/** Translates the operations of a network to ONNX's operators of opset 17, in inference form. */
final class OnnxOperations {
  private final OnnxGraph graph;

  OnnxOperations(OnnxGraph graph) {
    this.graph = graph;
  }

  /**
   * Adds a node's operators; the last of them gives the output.
   *
   * @param from the values that it reads
   * @param in the shape of the first of them, for one example
   * @param to the name of its output
   * @return whether ONNX has it; if not, nothing was added
   */
  boolean add(Node node, List<String> from, Shape in, String to) {
    Operation operation = node.operation();
    String first = from.get(0);
    if (operation instanceof Operation.Convolution it) {
      convolution(node, it, first, in, to);
    } else if (operation instanceof Operation.BatchNorm it) {
      graph.node(
          "BatchNormalization",
          withTensors(node, first),
          to,
          Attribute.one("epsilon", (float) it.epsilon()));
    } else if (operation instanceof Operation.Relu) {
      graph.node("Relu", from, to);
    } else if (operation instanceof Operation.Relu6) {
      graph.tensor(to + ".least", new int[] {}, 0);
      graph.tensor(to + ".most", new int[] {}, 6);
      graph.node("Clip", List.of(first, to + ".least", to + ".most"), to);
    } else if (operation instanceof Operation.LeakyRelu it) {
      graph.node("LeakyRelu", from, to, Attribute.one("alpha", (float) it.slope()));
    } else if (operation instanceof Operation.Scale it) {
      graph.tensor(to + ".factor", new int[] {}, (float) it.factor());
      graph.node("Mul", List.of(first, to + ".factor"), to);
    } else if (operation instanceof Operation.MaxPool it) {
      graph.node(
          "MaxPool",
          from,
          to,
          Attribute.of("kernel_shape", it.kernel(), it.kernel()),
          Attribute.of("strides", it.stride(), it.stride()),
          Attribute.of("pads", it.padding(), it.padding(), it.padding(), it.padding()));
    } else if (operation instanceof Operation.MeanPool it) {
      graph.node(
          "AveragePool",
          from,
          to,
          Attribute.of("kernel_shape", it.kernel(), it.kernel()),
          Attribute.of("strides", it.stride(), it.stride()),
          Attribute.of("pads", it.padding(), it.padding(), it.padding(), it.padding()),
          Attribute.one("count_include_pad", 0));
    } else if (operation instanceof Operation.AveragePool it) {
      means(it.side(), first, in, to);
    } else if (operation instanceof Operation.Halve) {
      // At an odd side the pixels beyond the edge are not counted.
      graph.node(
          "AveragePool",
          from,
          to,
          Attribute.of("kernel_shape", 2, 2),
          Attribute.of("strides", 2, 2),
          Attribute.of("pads", 0, 0, in.height() % 2, in.width() % 2),
          Attribute.one("count_include_pad", 0));
    } else if (operation instanceof Operation.GlobalAverage) {
      overall("GlobalAveragePool", from, to);
    } else if (operation instanceof Operation.GlobalMax) {
      overall("GlobalMaxPool", from, to);
    } else if (operation instanceof Operation.Flatten) {
      flat(first, to);
    } else if (operation instanceof Operation.Dense) {
      graph.node("Gemm", withTensors(node, first), to, Attribute.one("transB", 1));
    } else if (operation instanceof Operation.Add) {
      graph.node("Sum", from, to);
    } else if (operation instanceof Operation.Dropout) {
      graph.node("Identity", from, to);
    } else if (operation instanceof Operation.Concat) {
      graph.node("Concat", from, to, Attribute.one("axis", 1));
    } else {
      return false;
    }
    return true;
  }

  private void convolution(Node node, Operation.Convolution it, String from, Shape in, String to) {
    graph.node(
        "Conv",
        withTensors(node, from),
        to,
        Attribute.of("kernel_shape", it.kernelHeight(), it.kernelWidth()),
        Attribute.of("strides", it.stride(), it.stride()),
        Attribute.of(
            "pads",
            it.padding().before(in.height(), it.kernelHeight(), it.stride()),
            it.padding().before(in.width(), it.kernelWidth(), it.stride()),
            it.padding().after(in.height(), it.kernelHeight(), it.stride()),
            it.padding().after(in.width(), it.kernelWidth(), it.stride())),
        Attribute.one("group", it.groups()));
  }

  /** Means of as many parts of each side. ONNX has this only where all parts are of one size. */
  private void means(int side, String from, Shape in, String to) {
    if (in.height() % side == 0 && in.width() % side == 0) {
      graph.node(
          "AveragePool",
          List.of(from),
          to,
          Attribute.of("kernel_shape", in.height() / side, in.width() / side),
          Attribute.of("strides", in.height() / side, in.width() / side));
      return;
    }
    graph.tensor(to + ".rows", new int[] {side, in.height()}, shares(side, in.height(), false));
    graph.tensor(to + ".columns", new int[] {in.width(), side}, shares(side, in.width(), true));
    graph.node("MatMul", List.of(from, to + ".columns"), to + ".narrow");
    graph.node("MatMul", List.of(to + ".rows", to + ".narrow"), to);
  }

  /**
   * What each of {@code length} pixels adds to each mean: part i is from {@code floor(i length /
   * parts)} to before {@code ceil((i + 1) length / parts)}.
   *
   * @param down whether pixels are the rows of the matrix, and not its columns
   */
  private static float[] shares(int parts, int length, boolean down) {
    float[] shares = new float[parts * length];
    for (int part = 0; part < parts; part++) {
      int from = part * length / parts;
      int end = ((part + 1) * length + parts - 1) / parts;
      for (int pixel = from; pixel < end; pixel++) {
        shares[down ? pixel * parts + part : part * length + pixel] = 1f / (end - from);
      }
    }
    return shares;
  }

  private void overall(String operator, List<String> from, String to) {
    graph.node(operator, from, to + ".image");
    flat(to + ".image", to);
  }

  private void flat(String from, String to) {
    graph.node("Flatten", List.of(from), to, Attribute.one("axis", 1));
  }

  /** Our order of a node's tensors is ONNX's: weight, bias, mean, variance. */
  private static List<String> withTensors(Node node, String from) {
    return Stream.concat(Stream.of(from), node.tensors().stream().map(TensorSpec::name)).toList();
  }
}
