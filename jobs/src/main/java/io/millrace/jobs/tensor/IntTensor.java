package io.millrace.jobs.tensor;

import java.nio.IntBuffer;

/**
 * Whole numbers with a shape.
 *
 * @param values position 0, row-major
 * @param shape e.g. {@code [N]} for labels, {@code [T, N]} for tokens
 */
public record IntTensor(IntBuffer values, int... shape) implements Tensor {
  /** A vector of these. */
  public static IntTensor vector(int... values) {
    return new IntTensor(IntBuffer.wrap(values), values.length);
  }

  /** The value at a row-major index. */
  public int at(int index) {
    return values.get(index);
  }
}
