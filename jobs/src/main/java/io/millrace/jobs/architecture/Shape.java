package io.millrace.jobs.architecture;

import java.io.Serializable;

/**
 * What one image has become at a place in a network.
 *
 * @param channels C, or the length of a vector
 * @param height H, 1 for a vector
 * @param width W, 1 for a vector
 */
public record Shape(int channels, int height, int width) implements Serializable {
  /** A vector's shape. */
  static Shape vector(int length) {
    return new Shape(length, 1, 1);
  }

  /** How many values one image has here. */
  public int size() {
    return channels * height * width;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
