package io.millrace.jobs.architecture;

import io.millrace.jobs.architecture.Operation.BatchNorm;
import io.millrace.jobs.architecture.Operation.Convolution;
import io.millrace.jobs.architecture.Operation.Dense;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a blueprint together, node by node, and carries the shapes along. */
final class Assembly {
  private static final double NORM_EPSILON = 1e-5;
  private static final double NORM_MOMENTUM = 0.1;

  private final Shape input;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  Assembly(int channels, int height, int width) {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Cannot build a network for images of "
              + new Shape(channels, height, width)
              + ": channels, height and width must be at least 1");
    }
    input = new Shape(channels, height, width);
    shapes.put(Blueprint.INPUT, input);
  }

  Shape shape(String name) {
    return shapes.get(name);
  }

  String add(String name, Operation operation, String... inputs) {
    Shape shape = operation.shape(List.of(inputs).stream().map(shapes::get).toList());
    nodes.add(new Node(name, operation, List.of(inputs), shape));
    shapes.put(name, shape);
    return name;
  }

  String convolution(String name, String from, int out, int kernel, int stride, boolean bias) {
    return convolution(name, from, out, kernel, stride, kernel / 2, bias);
  }

  String convolution(
      String name, String from, int out, int kernel, int stride, int padding, boolean bias) {
    int in = shapes.get(from).channels();
    return add(name, new Convolution(in, out, kernel, stride, padding, bias), from);
  }

  String batchNorm(String name, String from, float gain) {
    int channels = shapes.get(from).channels();
    return add(name, new BatchNorm(channels, NORM_EPSILON, NORM_MOMENTUM, gain), from);
  }

  String dense(String name, String from, int out, boolean bias) {
    return add(name, new Dense(shapes.get(from).size(), out, bias), from);
  }

  Blueprint blueprint(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "Cannot build a network for " + classes + " classes: it takes at least 2 to tell apart");
    }
    return new Blueprint(input.channels(), input.height(), input.width(), classes, nodes);
  }
}
