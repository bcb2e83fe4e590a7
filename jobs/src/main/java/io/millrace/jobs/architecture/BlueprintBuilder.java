package io.millrace.jobs.architecture;

import io.millrace.jobs.architecture.Operation.BatchNorm;
import io.millrace.jobs.architecture.Operation.Convolution;
import io.millrace.jobs.architecture.Operation.Dense;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a blueprint node by node and works out the shape of each. */
public final class BlueprintBuilder {
  private static final double NORM_EPSILON = 1e-5;
  private static final double NORM_MOMENTUM = 0.1;

  private final Map<String, Shape> inputs = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  /**
   * A builder of a network for images of that shape, its input {@link Blueprint#IMAGES}.
   *
   * @throws IllegalArgumentException if a side is below 1
   */
  public static BlueprintBuilder ofImages(int channels, int height, int width) {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Cannot build a network for images of "
              + Shape.of(channels, height, width)
              + ": channels, height and width must be at least 1");
    }
    BlueprintBuilder builder = new BlueprintBuilder();
    builder.input(Blueprint.IMAGES, Shape.of(channels, height, width));
    return builder;
  }

  /** Adds an input and returns its name. */
  public String input(String name, Shape shape) {
    inputs.put(name, shape);
    shapes.put(name, shape);
    return name;
  }

  /**
   * The shape of one example at an input or a node.
   *
   * @throws IllegalArgumentException if nothing has that name
   */
  public Shape shape(String name) {
    Shape shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException(
          "Cannot build a network: there is no %s yet, only %s".formatted(name, shapes.keySet()));
    }
    return shape;
  }

  /**
   * Adds a node and returns its name.
   *
   * @throws IllegalArgumentException if one of its inputs does not exist or has a shape that the
   *     operation does not take
   */
  public String add(String name, Operation operation, String... from) {
    List<Shape> given = new ArrayList<>();
    for (String input : from) {
      given.add(shape(input));
    }
    Shape shape;
    try {
      shape = operation.shape(given);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot build a network: node %s can't do %s with %s: %s"
              .formatted(name, operation, List.of(from), e.getMessage()),
          e);
    }
    nodes.add(new Node(name, operation, List.of(from), shape));
    shapes.put(name, shape);
    return name;
  }

  /** A convolution padded so that only its stride changes the size. */
  public String convolution(
      String name, String from, int out, int kernel, int stride, boolean bias) {
    return convolution(name, from, out, kernel, stride, kernel / 2, bias);
  }

  /** A convolution. */
  public String convolution(
      String name, String from, int out, int kernel, int stride, int padding, boolean bias) {
    int in = shape(from).channels();
    return add(name, new Convolution(in, out, kernel, stride, padding, bias), from);
  }

  /** A convolution padded so that only its stride changes the size, with initial values. */
  public String convolution(
      String name, String from, int out, int kernel, int stride, boolean bias, Initials initials) {
    int in = shape(from).channels();
    Padding around = new Padding.Zeros(kernel / 2);
    return add(name, new Convolution(in, out, kernel, stride, around, 1, bias, initials), from);
  }

  /** Batch norm with PyTorch's epsilon and momentum. */
  public String batchNorm(String name, String from, float gain) {
    int channels = shape(from).channels();
    return add(name, new BatchNorm(channels, NORM_EPSILON, NORM_MOMENTUM, gain), from);
  }

  /** Batch norm whose gain begins at 1. */
  public String batchNorm(String name, String from, double epsilon, double momentum) {
    return add(name, new BatchNorm(shape(from).channels(), epsilon, momentum, 1), from);
  }

  /** A linear map of a vector. */
  public String dense(String name, String from, int out, boolean bias) {
    return add(name, new Dense(shape(from).size(), out, bias), from);
  }

  /** A linear map of a vector, with initial values. */
  public String dense(String name, String from, int out, boolean bias, Initials initials) {
    return add(name, new Dense(shape(from).size(), out, bias, initials), from);
  }

  /** Dropout in training; where the rate is 0, no node at all. */
  public String dropout(String name, String from, double rate) {
    return rate == 0 ? from : add(name, new Operation.Dropout(rate), from);
  }

  /** The network with these nodes as its outputs. */
  public Blueprint build(String... outputs) {
    return new Blueprint(inputs, nodes, List.of(outputs));
  }
}
