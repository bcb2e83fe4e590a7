package io.millrace.jobs.architecture;

import java.io.Serializable;
import java.util.List;

/**
 * One operation of a network.
 *
 * @param name unique, e.g. {@code block1.conv1}
 * @param operation what it does
 * @param inputs names of earlier nodes, or {@link Blueprint#INPUT}
 * @param shape of its result, for one image
 */
public record Node(String name, Operation operation, List<String> inputs, Shape shape)
    implements Serializable {
  /** Checks nothing: only {@link Assembly} makes nodes. */
  public Node {
    inputs = List.copyOf(inputs);
  }
}
