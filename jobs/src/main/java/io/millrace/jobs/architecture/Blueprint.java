package io.millrace.jobs.architecture;

import io.millrace.pipeline.text.Amounts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network as plain data: a differentiable function from named inputs to named outputs. It
 * contains neither the names of classes nor a loss.
 *
 * @param inputs the shape of one example of each, by name
 * @param nodes in topological order
 * @param outputs names of nodes, in the order in which a user wants them
 */
public record Blueprint(Map<String, Shape> inputs, List<Node> nodes, List<String> outputs)
    implements Serializable {
  /** The name of the input that takes images, both in networks and in minibatches. */
  public static final String IMAGES = "images";

  /**
   * Copies its parts.
   *
   * @throws IllegalArgumentException if two nodes have one name, a node reads what no earlier node
   *     gives, or an output is not a node
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
              "Cannot build a network: node %s reads %s, which no node before it gives"
                  .formatted(node.name(), input));
        }
      }
      if (!known.add(node.name())) {
        throw new IllegalArgumentException(
            "Cannot build a network: two nodes have the name " + node.name());
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
   * The same network with other outputs, which may be any of its nodes.
   *
   * @throws IllegalArgumentException if there is no such node; the message names the nodes
   */
  public Blueprint withOutputs(List<String> nodesToGive) {
    return new Blueprint(inputs, nodes, nodesToGive);
  }

  /**
   * The part of the network that gives one node's output.
   *
   * @param node becomes the only output
   * @throws IllegalArgumentException if there is no such node; the message names the nodes
   */
  public Blueprint upTo(String node) {
    Set<String> needed = new HashSet<>(Set.of(node));
    List<Node> kept = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (needed.contains(nodes.get(i).name())) {
        needed.addAll(nodes.get(i).inputs());
        kept.add(0, nodes.get(i));
      }
    }
    return new Blueprint(inputs, kept, List.of(node));
  }

  /** The nodes that leave out values in training. */
  public List<Node> dropouts() {
    return nodes.stream().filter(it -> it.operation() instanceof Operation.Dropout).toList();
  }

  /** The network as it predicts: without the nodes that only change a training. */
  public Blueprint predicting() {
    Map<String, String> same = new LinkedHashMap<>();
    List<Node> kept = new ArrayList<>();
    for (Node node : nodes) {
      List<String> from = node.inputs().stream().map(it -> same.getOrDefault(it, it)).toList();
      if (node.operation() instanceof Operation.Dropout) {
        same.put(node.name(), from.get(0));
      } else {
        kept.add(new Node(node.name(), node.operation(), from, node.shape()));
      }
    }
    return new Blueprint(
        inputs, kept, outputs.stream().map(it -> same.getOrDefault(it, it)).toList());
  }

  /**
   * The name of its only output.
   *
   * @throws IllegalArgumentException if it has no output or several
   */
  public String output() {
    if (outputs.size() != 1) {
      throw new IllegalArgumentException(
          "Cannot choose the output of a network: it has the outputs " + outputs);
    }
    return outputs.get(0);
  }

  /**
   * The shape of one example at an input or a node.
   *
   * @throws IllegalArgumentException if nothing has that name
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

  /**
   * The node that tells classes apart: the last linear map. Its input is the network's features.
   *
   * @throws IllegalArgumentException if it has no linear map
   */
  public Node classifier() {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (nodes.get(i).operation() instanceof Operation.Dense) {
        return nodes.get(i);
      }
    }
    throw new IllegalArgumentException(
        "Cannot tell a network's features from its classifier: it has no linear map");
  }

  /**
   * The name of the node, or of the input, that gives the features: what the {@link #classifier}
   * reads.
   *
   * @throws IllegalArgumentException if it has no linear map
   */
  public String features() {
    return classifier().inputs().get(0);
  }

  /** Every tensor of the network in canonical order: by node, then weight, bias, statistics. */
  public List<TensorSpec> tensors() {
    List<TensorSpec> tensors = new ArrayList<>();
    for (Node node : nodes) {
      tensors.addAll(node.tensors());
    }
    return tensors;
  }

  /**
   * How many trainable weights there are.
   *
   * @throws IllegalArgumentException if there are more than an array can hold
   */
  public int weightCount() {
    long count = tensors().stream().filter(TensorSpec::trainable).mapToLong(TensorSpec::size).sum();
    if (count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Cannot build a network with %s: at most %s fit; take fewer channels or layers"
              .formatted(Amounts.count(count, "weight"), Amounts.count(Integer.MAX_VALUE)));
    }
    return (int) count;
  }

  /** Multiply-adds of one example's forward pass: those of convolutions and dense layers. */
  public long multiplyAdds() {
    return nodes.stream().mapToLong(node -> node.operation().multiplyAdds(node.shape())).sum();
  }
}
