package io.millrace.jobs.architecture;

import io.millrace.jobs.architecture.Operation.BatchNorm;
import io.millrace.jobs.architecture.Operation.Convolution;
import io.millrace.jobs.architecture.Operation.Dense;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A network as plain data. The last node gives the logits, one per class; softmax and cross-entropy
 * are the engine's.
 *
 * @param channels of the input
 * @param height of the input
 * @param width of the input
 * @param classes outputs
 * @param nodes in topological order
 */
public record Blueprint(int channels, int height, int width, int classes, List<Node> nodes)
    implements Serializable {
  /** What nodes call the minibatch's images. */
  public static final String INPUT = "input";

  /** Copies the nodes. */
  public Blueprint {
    nodes = List.copyOf(nodes);
  }

  /** Every tensor of the network in canonical order: by node, then weight, bias, statistics. */
  public List<TensorSpec> tensors() {
    List<TensorSpec> tensors = new ArrayList<>();
    for (Node node : nodes) {
      tensors.addAll(tensorsOf(node));
    }
    return tensors;
  }

  /** How many trainable weights there are. */
  public int weightCount() {
    return tensors().stream().filter(TensorSpec::trainable).mapToInt(TensorSpec::size).sum();
  }

  /** True multiply-adds of the forward pass of one image, convolutions and dense layers only. */
  public long multiplyAdds() {
    return nodes.stream().mapToLong(node -> node.operation().multiplyAdds(node.shape())).sum();
  }

  /** The tensors of one node, in canonical order. */
  public static List<TensorSpec> tensorsOf(Node node) {
    List<TensorSpec> tensors = new ArrayList<>();
    String name = node.name();
    if (node.operation() instanceof Convolution it) {
      int[] shape = {it.out(), it.in(), it.kernel(), it.kernel()};
      int fanIn = it.in() * it.kernel() * it.kernel();
      tensors.add(new TensorSpec(name + ".weight", shape, true, new Initial.HeNormal(fanIn)));
      if (it.bias()) {
        tensors.add(vector(name + ".bias", it.out(), true, 0));
      }
    } else if (node.operation() instanceof Dense it) {
      int[] shape = {it.out(), it.in()};
      tensors.add(new TensorSpec(name + ".weight", shape, true, new Initial.HeNormal(it.in())));
      if (it.bias()) {
        tensors.add(vector(name + ".bias", it.out(), true, 0));
      }
    } else if (node.operation() instanceof BatchNorm it) {
      tensors.add(vector(name + ".weight", it.channels(), true, it.gain()));
      tensors.add(vector(name + ".bias", it.channels(), true, 0));
      tensors.add(vector(name + ".running_mean", it.channels(), false, 0));
      tensors.add(vector(name + ".running_var", it.channels(), false, 1));
    }
    return tensors;
  }

  private static TensorSpec vector(String name, int length, boolean trainable, float value) {
    return new TensorSpec(name, new int[] {length}, trainable, new Initial.Constant(value));
  }
}
