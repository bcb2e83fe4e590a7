package io.millrace.jobs.weights;

import java.io.IOException;
import java.util.Arrays;

/**
 * A tensor of floating-point numbers in a file of weights, not read yet.
 *
 * @param name as in the file
 * @param shape its sides
 * @param values what it is a view of
 * @param offset of its first element among them
 * @param strides elements from one index of a side to the next, for each side
 */
record StoredTensor(String name, int[] shape, StoredValues values, long offset, long[] strides) {
  /** Each side has a stride. */
  StoredTensor {
    if (shape.length != strides.length) {
      throw new IllegalArgumentException(
          "the tensor "
              + name
              + " has "
              + shape.length
              + " sides and "
              + strides.length
              + " steps");
    }
  }

  /**
   * A view whose elements are checked.
   *
   * @throws IOException if it reaches beyond the values, or is too large for an array
   */
  static StoredTensor checked(
      String name, long[] sides, StoredValues values, long offset, long[] strides)
      throws IOException {
    if (sides.length != strides.length) {
      throw new IOException(
          "the tensor %s has %d sides and %d strides"
              .formatted(name, sides.length, strides.length));
    }
    int[] shape = new int[sides.length];
    long size = 1;
    long last = offset;
    boolean empty = false;
    boolean wrong = offset < 0;
    for (int i = 0; i < shape.length && !wrong; i++) {
      wrong = sides[i] < 0 || sides[i] > Integer.MAX_VALUE || strides[i] < 0;
      shape[i] = (int) sides[i];
      empty |= shape[i] == 0;
      size = wrong || size > Integer.MAX_VALUE ? size : size * sides[i];
      // Compared before it is multiplied, so that nothing overflows.
      if (!wrong && sides[i] > 1 && strides[i] > (values.count() - 1) / (sides[i] - 1)) {
        last = Long.MAX_VALUE;
      } else if (sides[i] > 1 && last < values.count()) {
        last += (sides[i] - 1) * strides[i];
      }
    }
    if (wrong || (!empty && last >= values.count())) {
      throw new IOException(
          "the tensor %s with the shape %s reaches beyond the %d values that it is part of"
              .formatted(name, Arrays.toString(sides), values.count()));
    }
    if (!empty && size > Integer.MAX_VALUE) {
      throw new IOException(
          "the tensor %s with the shape %s is too large".formatted(name, Arrays.toString(sides)));
    }
    return new StoredTensor(name, shape, values, offset, strides);
  }

  /** A tensor that is all of the values, row by row. */
  static StoredTensor whole(String name, int[] shape, StoredValues values) {
    return new StoredTensor(name, shape, values, 0, rowMajor(shape));
  }

  /** How many elements it has. */
  int size() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Whether its elements lie one after another, row by row. */
  boolean isRowMajor() {
    long[] wanted = rowMajor(shape);
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] > 1 && strides[i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Elements from its first one to its last one; 0 if it has none. */
  long span() {
    long last = 0;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] == 0) {
        return 0;
      }
      last += (shape[i] - 1) * strides[i];
    }
    return last + 1;
  }

  /** Name and shape, e.g. {@code fc.weight [10, 512]}. */
  String described() {
    return name + " " + Arrays.toString(shape);
  }

  /**
   * The same elements with other sides, where the first side and their number are the same: a
   * convolution of a whole picture is a linear map of its values.
   */
  StoredTensor shapedLike(int[] other) {
    boolean same =
        shape.length > 0
            && other.length > 0
            && shape.length != other.length
            && shape[0] == other[0]
            && Arrays.stream(other).asLongStream().reduce(1, (a, b) -> a * b) == size()
            && isRowMajor();
    return same ? new StoredTensor(name, other, values, offset, rowMajor(other)) : this;
  }

  private static long[] rowMajor(int[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= Math.max(1, shape[i]);
    }
    return strides;
  }
}
