package io.millrace.jobs.weights;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What becomes of a network's head, the last linear map and what follows it. */
public enum Head {
  /** It is the file's: the classes must be the same. */
  KEEP,
  /** It begins afresh, for other classes. */
  NEW,
  /** There is none: the network gives features. */
  NONE;

  /**
   * The nodes of the head that the file need not have. Where it has none of the linear maps before
   * the last one either, as a trunk of convolutions has not, these belong to the head, too.
   *
   * @param given names of nodes whose tensors the file has
   * @throws IllegalArgumentException if the network has no linear map
   */
  List<Node> nodes(Blueprint network, Set<String> given) {
    if (this == KEEP) {
      return List.of();
    }
    List<Node> nodes = network.nodes();
    int first = nodes.indexOf(network.classifier());
    for (int i = first - 1; i >= 0 && isAbsentMap(nodes.get(i), given); i--) {
      first = nodes.get(i).tensors().isEmpty() ? first : i;
    }
    return new ArrayList<>(nodes.subList(first, nodes.size()));
  }

  /** Whether a node is a linear map that the file does not have, or has nothing to be learned. */
  private static boolean isAbsentMap(Node node, Set<String> given) {
    return node.tensors().isEmpty()
        || (node.operation() instanceof Operation.Dense && !given.contains(node.name()));
  }
}
