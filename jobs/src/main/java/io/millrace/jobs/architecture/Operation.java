package io.millrace.jobs.architecture;

import java.io.Serializable;
import java.util.List;

/**
 * What a node of a network does: the shape of its result, its tensors and its cost. Images are
 * {@code [N, C, H, W]}, vectors {@code [N, n]}.
 */
public sealed interface Operation extends Serializable {
  /**
   * The shape of the result for one example.
   *
   * @throws IllegalArgumentException if it does not take inputs of these shapes; the message says
   *     what it takes
   */
  Shape shape(List<Shape> inputs);

  /** Its tensors in canonical order; their names lack the node's name. */
  default List<TensorSpec> tensors() {
    return List.of();
  }

  /** Multiply-adds of convolutions and dense layers for one example; 0 for all other operations. */
  default long multiplyAdds(Shape output) {
    return 0;
  }

  /**
   * A two-dimensional convolution with a square kernel: weight {@code [out, in, kernel, kernel]},
   * bias {@code [out]}.
   *
   * @param padding zeros on every side
   */
  record Convolution(int in, int out, int kernel, int stride, int padding, boolean bias)
      implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      Shape input = OperationInputs.channels(OperationInputs.image(inputs), in);
      int height = side(input.height());
      int width = side(input.width());
      if (height < 1 || width < 1) {
        throw new IllegalArgumentException(
            "its kernel of %d with a padding of %d is larger than its input of %s"
                .formatted(kernel, padding, input));
      }
      return Shape.of(out, height, width);
    }

    @Override
    public List<TensorSpec> tensors() {
      return weightAndBias(new int[] {out, in, kernel, kernel}, in * kernel * kernel, bias);
    }

    @Override
    public long multiplyAdds(Shape output) {
      return (long) in * kernel * kernel * output.size();
    }

    private int side(int length) {
      return Math.floorDiv(length + 2 * padding - kernel, stride) + 1;
    }
  }

  /**
   * Batch normalisation (Ioffe and Szegedy 2015) over all but the channels: weight (gain), bias,
   * running_mean and running_var, each {@code [channels]}. A running value becomes {@code (1 -
   * momentum) * running + momentum * batch}; the batch's variance divides by the number of values.
   *
   * @param momentum the share of a batch in the running statistics, 0..1
   * @param gain the weight's initial value
   */
  record BatchNorm(int channels, double epsilon, double momentum, float gain) implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return OperationInputs.channels(OperationInputs.one(inputs), channels);
    }

    @Override
    public List<TensorSpec> tensors() {
      return List.of(
          TensorSpec.vector("weight", channels, TensorKind.NORM, gain),
          TensorSpec.vector("bias", channels, TensorKind.NORM, 0),
          TensorSpec.vector("running_mean", channels, TensorKind.STATISTIC, 0),
          TensorSpec.vector("running_var", channels, TensorKind.STATISTIC, 1));
    }
  }

  /** {@code max(x, 0)}. */
  record Relu() implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return OperationInputs.one(inputs);
    }
  }

  /** Means of 2 x 2 pixels; at the edge of an odd side, of the pixels that exist. */
  record Halve() implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      Shape input = OperationInputs.image(inputs);
      return Shape.of(input.channels(), (input.height() + 1) / 2, (input.width() + 1) / 2);
    }
  }

  /** The mean of every channel: a vector of C. */
  record GlobalAverage() implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return Shape.of(OperationInputs.image(inputs).channels());
    }
  }

  /** The largest value of every channel (adaptive max pool to one pixel): a vector of C. */
  record GlobalMax() implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return Shape.of(OperationInputs.image(inputs).channels());
    }
  }

  /** All values as one vector, channels outermost. */
  record Flatten() implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return Shape.of(OperationInputs.one(inputs).size());
    }
  }

  /** A linear map of a vector: weight {@code [out, in]}, bias {@code [out]}. */
  record Dense(int in, int out, boolean bias) implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      OperationInputs.vector(inputs, in);
      return Shape.of(out);
    }

    @Override
    public List<TensorSpec> tensors() {
      return weightAndBias(new int[] {out, in}, in, bias);
    }

    @Override
    public long multiplyAdds(Shape output) {
      return (long) in * out;
    }
  }

  /** The sum of two or more inputs of one shape. */
  record Add() implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return OperationInputs.same(inputs);
    }
  }

  private static List<TensorSpec> weightAndBias(int[] shape, int fanIn, boolean bias) {
    TensorSpec weight =
        new TensorSpec("weight", shape, TensorKind.WEIGHT, new Initial.HeNormal(fanIn));
    return bias
        ? List.of(weight, TensorSpec.vector("bias", shape[0], TensorKind.BIAS, 0))
        : List.of(weight);
  }
}
