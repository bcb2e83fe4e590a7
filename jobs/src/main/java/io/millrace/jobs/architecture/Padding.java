package io.millrace.jobs.architecture;

import java.io.Serializable;

/** How many zeros a convolution puts around its input. */
public sealed interface Padding extends Serializable {
  /** Above a column of that many pixels, or before a row. */
  int before(int length, int kernel, int stride);

  /** Below a column of that many pixels, or after a row. */
  int after(int length, int kernel, int stride);

  /** How many outputs there are for that many pixels; below 1 if the kernel does not fit. */
  default int outputs(int length, int kernel, int stride) {
    int padded = before(length, kernel, stride) + length + after(length, kernel, stride);
    return Math.floorDiv(padded - kernel, stride) + 1;
  }

  /** As many on every side. */
  record Zeros(int count) implements Padding {
    @Override
    public int before(int length, int kernel, int stride) {
      return count;
    }

    @Override
    public int after(int length, int kernel, int stride) {
      return count;
    }
  }

  /** Half the kernel on each side, rounded down, as keeps the size where the stride is 1. */
  record Half() implements Padding {
    @Override
    public int before(int length, int kernel, int stride) {
      return kernel / 2;
    }

    @Override
    public int after(int length, int kernel, int stride) {
      return kernel / 2;
    }
  }

  /**
   * TensorFlow's "same": {@code ceil(length / stride)} outputs, and as few zeros as that needs; of
   * an odd number the greater half comes after.
   */
  record Same() implements Padding {
    @Override
    public int before(int length, int kernel, int stride) {
      return total(length, kernel, stride) / 2;
    }

    @Override
    public int after(int length, int kernel, int stride) {
      int total = total(length, kernel, stride);
      return total - total / 2;
    }

    private static int total(int length, int kernel, int stride) {
      int outputs = (length - 1) / stride + 1;
      return Math.max((outputs - 1) * stride + kernel - length, 0);
    }
  }
}
