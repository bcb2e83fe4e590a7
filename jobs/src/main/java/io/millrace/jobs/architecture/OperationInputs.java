package io.millrace.jobs.architecture;

import java.util.ArrayList;
import java.util.List;

/** Checks the shapes that an operation is given. */
final class OperationInputs {
  private static final int IMAGE_SIDES = 3;

  private OperationInputs() {}

  /**
   * The only input.
   *
   * @throws IllegalArgumentException if there is none, or more than one
   */
  static Shape one(List<Shape> inputs) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException("it takes one input, not " + inputs.size());
    }
    return inputs.get(0);
  }

  /**
   * The only input, an image {@code [C, H, W]}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Shape image(List<Shape> inputs) {
    Shape input = one(inputs);
    if (input.sides().size() != IMAGE_SIDES) {
      throw new IllegalArgumentException("it takes images [C, H, W], not " + input);
    }
    return input;
  }

  /**
   * An input, an image or a vector, with that many channels.
   *
   * @throws IllegalArgumentException if it has another number of channels
   */
  static Shape channels(Shape input, int channels) {
    if (input.channels() != channels) {
      throw new IllegalArgumentException(
          "it takes %d channels, not the %d of %s".formatted(channels, input.channels(), input));
    }
    return input;
  }

  /**
   * The only input, a vector of that length.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Shape vector(List<Shape> inputs, int length) {
    Shape input = one(inputs);
    if (!input.equals(Shape.of(length))) {
      throw new IllegalArgumentException(
          "it takes a vector of %d values, not %s".formatted(length, input));
    }
    return input;
  }

  /**
   * The shape that all inputs have.
   *
   * @throws IllegalArgumentException if there are fewer than two, or if they differ
   */
  static Shape same(List<Shape> inputs) {
    if (inputs.size() < 2) {
      throw new IllegalArgumentException("it takes two or more inputs, not " + inputs.size());
    }
    for (Shape input : inputs) {
      if (!input.equals(inputs.get(0))) {
        throw new IllegalArgumentException("it takes inputs of one shape, not " + inputs);
      }
    }
    return inputs.get(0);
  }

  /**
   * The shape of all inputs' channels together.
   *
   * @throws IllegalArgumentException if there are fewer than two, or if they differ in more than
   *     the number of channels
   */
  static Shape joined(List<Shape> inputs) {
    if (inputs.size() < 2) {
      throw new IllegalArgumentException("it takes two or more inputs, not " + inputs.size());
    }
    List<Integer> sides = new ArrayList<>(inputs.get(0).sides());
    for (Shape input : inputs.subList(1, inputs.size())) {
      List<Integer> others = input.sides();
      if (!others.subList(1, others.size()).equals(sides.subList(1, sides.size()))) {
        throw new IllegalArgumentException("it takes inputs of the same sides, not " + inputs);
      }
      sides.set(0, sides.get(0) + input.channels());
    }
    return new Shape(sides);
  }

  /**
   * The shape of the windows of an image.
   *
   * @param padding on every side
   * @throws IllegalArgumentException if a window is larger than the image
   */
  static Shape pooled(Shape input, int kernel, int stride, int padding) {
    Padding around = new Padding.Zeros(padding);
    int height = around.outputs(input.height(), kernel, stride);
    int width = around.outputs(input.width(), kernel, stride);
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "its windows of %d pixels with a padding of %d are larger than its input of %s"
              .formatted(kernel, padding, input));
    }
    return Shape.of(input.channels(), height, width);
  }
}
