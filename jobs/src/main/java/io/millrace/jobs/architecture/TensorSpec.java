package io.millrace.jobs.architecture;

import java.io.Serializable;

/**
 * One tensor that a network holds.
 *
 * @param name canonical: the node's name and {@code weight}, {@code bias}, {@code running_mean} or
 *     {@code running_var}, as PyTorch names them
 * @param shape convolution OIHW, dense [out, in], vectors [n]
 * @param trainable whether a gradient moves it; running statistics are not
 * @param initial how it starts
 */
public record TensorSpec(String name, int[] shape, boolean trainable, Initial initial)
    implements Serializable {
  /** How many values it has. */
  public int size() {
    int size = 1;
    for (int side : shape) {
      size *= side;
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
