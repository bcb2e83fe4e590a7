package io.millrace.jobs.architecture;

import java.io.Serializable;

/**
 * A tensor of a network.
 *
 * @param name canonical: the node's name and {@code weight}, {@code bias}, {@code running_mean} or
 *     {@code running_var}, as PyTorch names them; without the node's name in {@link
 *     Operation#tensors}
 * @param shape convolution OIHW, dense [out, in], vectors [n]
 * @param kind what it is for
 * @param initial its initial values
 */
public record TensorSpec(String name, int[] shape, TensorKind kind, Initial initial)
    implements Serializable {
  /** A vector whose initial values are all the same. */
  static TensorSpec vector(String name, int length, TensorKind kind, float value) {
    return new TensorSpec(name, new int[] {length}, kind, new Initial.Constant(value));
  }

  /** The same tensor, with the node's name before its own. */
  TensorSpec of(Node node) {
    return new TensorSpec(node.name() + "." + name, shape, kind, initial);
  }

  /** Whether gradients train it; false for running statistics. */
  public boolean trainable() {
    return kind != TensorKind.STATISTIC;
  }

  /** How many values it has. */
  public int size() {
    int size = 1;
    for (int side : shape) {
      size = Math.multiplyExact(size, side);
    }
    return size;
  }

  /**
   * Its initial values: a pure function of the seed and the tensor's name.
   *
   * @param seed of the network
   */
  public float[] initialValues(long seed) {
    return initial.values(size(), seed, name);
  }
}
