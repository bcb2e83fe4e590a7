package io.millrace.jobs.architecture;

import java.io.Serializable;

/**
 * One tensor that a network holds.
 *
 * @param name canonical: the node's name and {@code weight}, {@code bias}, {@code running_mean} or
 *     {@code running_var}, as PyTorch names them; what an operation says of itself lacks the node's
 * @param shape convolution OIHW, dense [out, in], vectors [n]
 * @param kind what it is for
 * @param initial how it starts
 */
public record TensorSpec(String name, int[] shape, TensorKind kind, Initial initial)
    implements Serializable {
  /** A vector that starts with one value everywhere. */
  static TensorSpec vector(String name, int length, TensorKind kind, float value) {
    return new TensorSpec(name, new int[] {length}, kind, new Initial.Constant(value));
  }

  /** The same tensor of a node. */
  TensorSpec of(Node node) {
    return new TensorSpec(node.name() + "." + name, shape, kind, initial);
  }

  /** Whether a gradient moves it; running statistics are moved otherwise. */
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
   * The values that it starts with: a pure function of the seed and the tensor's name.
   *
   * @param seed of the network
   */
  public float[] initialValues(long seed) {
    return initial.values(size(), seed, name);
  }
}
