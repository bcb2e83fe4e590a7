package io.millrace.jobs.onnx;

import java.util.List;

/**
 * An ONNX graph that grows node by node. The numbers of fields are those of {@code onnx.proto}.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>
 */
final class OnnxGraph {
  private static final int FLOAT = 1;
  private static final int INTEGER = 2;
  private static final int INTEGERS = 7;
  private static final int KIND = 20;

  private final ProtoMessage graph = new ProtoMessage();

  OnnxGraph(String name) {
    graph.text(2, name);
  }

  /** An attribute of a node. */
  record Attribute(ProtoMessage message) {
    static Attribute of(String name, int... values) {
      ProtoMessage message = new ProtoMessage().text(1, name);
      for (int value : values) {
        message.number(8, value);
      }
      return new Attribute(message.number(KIND, INTEGERS));
    }

    static Attribute one(String name, int value) {
      return new Attribute(new ProtoMessage().text(1, name).number(3, value).number(KIND, INTEGER));
    }

    static Attribute one(String name, float value) {
      return new Attribute(new ProtoMessage().text(1, name).real(2, value).number(KIND, FLOAT));
    }
  }

  /** Adds an input or an output, {@code [N, sides..]}, where N may be any number. */
  void end(boolean isInput, String name, List<Integer> sides) {
    ProtoMessage shape = new ProtoMessage().message(1, new ProtoMessage().text(2, "N"));
    sides.forEach(side -> shape.message(1, new ProtoMessage().number(1, side)));
    ProtoMessage tensor = new ProtoMessage().number(1, FLOAT).message(2, shape);
    ProtoMessage type = new ProtoMessage().message(1, tensor);
    graph.message(isInput ? 11 : 12, new ProtoMessage().text(1, name).message(2, type));
  }

  /** Adds a tensor of floats that nodes read by its name. */
  void tensor(String name, int[] shape, float... values) {
    ProtoMessage tensor = new ProtoMessage();
    for (int side : shape) {
      tensor.number(1, side);
    }
    graph.message(5, tensor.number(2, FLOAT).text(8, name).floats(9, values));
  }

  /**
   * Adds a node.
   *
   * @param operator ONNX's name of what it does
   * @param output the name of its one output, and of the node itself
   */
  void node(String operator, List<String> inputs, String output, Attribute... attributes) {
    ProtoMessage node = new ProtoMessage();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(3, output).text(4, operator);
    for (Attribute attribute : attributes) {
      node.message(5, attribute.message());
    }
    graph.message(1, node);
  }

  /** All that was added. */
  ProtoMessage message() {
    return graph;
  }
}
