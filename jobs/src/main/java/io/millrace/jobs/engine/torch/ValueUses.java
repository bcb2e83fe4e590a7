package io.millrace.jobs.engine.torch;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which value of a network is used last where, so that a pass frees it early or lets the node that
 * uses it write over it. What the backward pass needs libtorch keeps for itself.
 */
final class ValueUses {
  // Whose results libtorch's backward pass does not read.
  private static final Set<Class<? extends Operation>> OVERWRITABLE =
      Set.of(
          Operation.Convolution.class,
          Operation.BatchNorm.class,
          Operation.Dense.class,
          Operation.Add.class,
          Operation.MaxPool.class);
  private static final Set<Class<? extends Operation>> OVERWRITING =
      Set.of(
          Operation.Relu.class,
          Operation.Relu6.class,
          Operation.LeakyRelu.class,
          Operation.Add.class);

  private final Map<String, String> overwritten = new HashMap<>();
  private final Map<String, List<String>> freed = new HashMap<>();

  ValueUses(Blueprint blueprint) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    blueprint.nodes().forEach(node -> nodes.put(node.name(), node));
    Map<String, Integer> uses = new HashMap<>();
    Map<String, String> last = new LinkedHashMap<>();
    for (Node node : blueprint.nodes()) {
      for (String input : node.inputs()) {
        uses.merge(input, 1, Integer::sum);
        last.put(input, node.name());
      }
    }
    for (Node node : blueprint.nodes()) {
      if (overwrites(node.operation())) {
        node.inputs().stream()
            .filter(input -> uses.get(input) == 1 && !blueprint.outputs().contains(input))
            .filter(nodes::containsKey)
            .filter(input -> OVERWRITABLE.contains(nodes.get(input).operation().getClass()))
            .findFirst()
            .ifPresent(input -> overwritten.put(node.name(), input));
      }
    }
    last.forEach(
        (value, user) -> {
          boolean kept =
              !nodes.containsKey(value)
                  || blueprint.outputs().contains(value)
                  || value.equals(overwritten.get(user));
          if (!kept) {
            freed.computeIfAbsent(user, unused -> new ArrayList<>()).add(value);
          }
        });
  }

  private static boolean overwrites(Operation operation) {
    // libtorch's backward pass can't tell the sign of an input from a result that changed it.
    return OVERWRITING.contains(operation.getClass())
        && !(operation instanceof Operation.LeakyRelu leaky && leaky.slope() < 0);
  }

  /** The input that a node may write its result over; null if there is none. */
  String overwrittenBy(Node node) {
    return overwritten.get(node.name());
  }

  /** The values that nothing uses after a node. */
  List<String> freedAfter(Node node) {
    return freed.getOrDefault(node.name(), List.of());
  }
}
