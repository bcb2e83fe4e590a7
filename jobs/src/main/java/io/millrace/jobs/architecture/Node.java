package io.millrace.jobs.architecture;

import java.io.Serializable;
import java.util.List;

/**
 * One operation of a network.
 *
 * @param name unique, e.g. {@code block1.conv1}
 * @param operation what it does
 * @param inputs names of earlier nodes or of inputs of the network
 * @param shape of its result, for one example
 */
public record Node(String name, Operation operation, List<String> inputs, Shape shape)
    implements Serializable {
  /** Copies the list. */
  public Node {
    inputs = List.copyOf(inputs);
  }

  /** Its tensors, in canonical order: weight, bias, statistics. */
  public List<TensorSpec> tensors() {
    return operation.tensors().stream().map(tensor -> tensor.of(this)).toList();
  }
}
