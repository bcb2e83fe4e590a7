package io.millrace.jobs.architecture;

import io.millrace.pipeline.text.Amounts;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one example's values at one place in a network.
 *
 * @param sides any number of them, each at least 1: {@code [C, H, W]} for an image, {@code [n]} for
 *     a vector
 */
public record Shape(List<Integer> sides) implements Serializable {
  /** Copies the list. */
  public Shape {
    sides = List.copyOf(sides);
  }

  /** The shape with these sides. */
  public static Shape of(int... sides) {
    return new Shape(Arrays.stream(sides).boxed().toList());
  }

  /** The first side: C of an image, the length of a vector. */
  public int channels() {
    return sides.get(0);
  }

  /** H of an image. */
  public int height() {
    return sides.get(1);
  }

  /** W of an image. */
  public int width() {
    return sides.get(2);
  }

  /**
   * How many values one example has here.
   *
   * @throws IllegalArgumentException if there are more than an array can hold
   */
  public int size() {
    long size = 1;
    for (int side : sides) {
      size *= side;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Cannot build a network with %s values in one tensor: at most %s fit"
                .formatted(this, Amounts.count(Integer.MAX_VALUE)));
      }
    }
    return (int) size;
  }

  /**
   * The shape of a minibatch with that many examples.
   *
   * @return e.g. {@code [N, C, H, W]}
   */
  public int[] batched(int examples) {
    int[] all = new int[sides.size() + 1];
    all[0] = examples;
    for (int i = 0; i < sides.size(); i++) {
      all[i + 1] = sides.get(i);
    }
    return all;
  }

  /** E.g. {@code 3x32x32}. */
  @Override
  public String toString() {
    return sides.stream().map(Object::toString).collect(Collectors.joining("x"));
  }
}
