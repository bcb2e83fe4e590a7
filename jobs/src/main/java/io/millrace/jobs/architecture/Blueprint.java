package io.millrace.jobs.architecture;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network as plain data: a differentiable function from named inputs to named outputs. It knows
 * no classes and no loss.
 *
 * @param inputs the shape of one example of each, by name
 * @param nodes in topological order
 * @param outputs names of nodes, in the order in which a user wants them
 */
public record Blueprint(Map<String, Shape> inputs, List<Node> nodes, List<String> outputs)
    implements Serializable {
  /** The input of a network that takes images: what minibatches call them. */
  public static final String IMAGES = "images";

  /**
   * Copies its parts.
   *
   * @throws IllegalArgumentException if a name stands twice, a node reads what does not stand
   *     before it, or an output is no node
   */
  public Blueprint {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    Set<String> known = new LinkedHashSet<>(inputs.keySet());
    for (Node node : nodes) {
      for (String input : node.inputs()) {
        if (!known.contains(input)) {
          throw new IllegalArgumentException(
              "Cannot build a network: node %s reads %s, which does not stand before it"
                  .formatted(node.name(), input));
        }
      }
      if (!known.add(node.name())) {
        throw new IllegalArgumentException(
            "Cannot build a network: the name " + node.name() + " stands twice");
      }
    }
    for (String output : outputs) {
      if (!known.contains(output) || inputs.containsKey(output)) {
        throw new IllegalArgumentException(
            "Cannot take the output %s of a network: it has the nodes %s"
                .formatted(output, nodes.stream().map(Node::name).toList()));
      }
    }
  }

  /**
   * The same network with other outputs, which may be any of its nodes: a tap.
   *
   * @throws IllegalArgumentException if there is no such node, naming those there are
   */
  public Blueprint withOutputs(List<String> nodesToGive) {
    return new Blueprint(inputs, nodes, nodesToGive);
  }

  /**
   * The name of its only output.
   *
   * @throws IllegalArgumentException if it has none or several
   */
  public String output() {
    if (outputs.size() != 1) {
      throw new IllegalArgumentException(
          "Cannot take the one output of a network: it has the outputs " + outputs);
    }
    return outputs.get(0);
  }

  /**
   * The shape of one example at an input or a node.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Shape shape(String name) {
    if (inputs.containsKey(name)) {
      return inputs.get(name);
    }
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Cannot find " + name + " in the network"))
        .shape();
  }

  /** Every tensor of the network in canonical order: by node, then weight, bias, statistics. */
  public List<TensorSpec> tensors() {
    List<TensorSpec> tensors = new ArrayList<>();
    for (Node node : nodes) {
      tensors.addAll(node.tensors());
    }
    return tensors;
  }

  /** How many trainable weights there are. */
  public int weightCount() {
    return tensors().stream().filter(TensorSpec::trainable).mapToInt(TensorSpec::size).sum();
  }

  /** True multiply-adds of the forward pass of one example, convolutions and dense layers only. */
  public long multiplyAdds() {
    return nodes.stream().mapToLong(node -> node.operation().multiplyAdds(node.shape())).sum();
  }
}
