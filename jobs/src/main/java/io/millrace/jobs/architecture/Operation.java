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
   * A two-dimensional convolution: weight {@code [out, in / groups, kernelHeight, kernelWidth]},
   * bias {@code [out]}. Inputs and outputs are split into as many groups, of which each output sees
   * its own; with a group for each input it is called depthwise.
   *
   * @param initials how weight and bias begin
   */
  record Convolution(
      int in,
      int out,
      int kernelHeight,
      int kernelWidth,
      int stride,
      Padding padding,
      int groups,
      boolean bias,
      Initials initials)
      implements Operation {
    /**
     * @throws IllegalArgumentException if inputs or outputs can't be split into so many groups
     */
    public Convolution {
      if (groups < 1 || in % groups != 0 || out % groups != 0) {
        throw new IllegalArgumentException(
            "Cannot split a convolution from %d to %d channels into %d groups: both must be multiples of it"
                .formatted(in, out, groups));
      }
    }

    /** One with a square kernel. */
    public Convolution(
        int in,
        int out,
        int kernel,
        int stride,
        Padding padding,
        int groups,
        boolean bias,
        Initials initials) {
      this(in, out, kernel, kernel, stride, padding, groups, bias, initials);
    }

    /**
     * One of a single group with a square kernel, which begins with He's normal numbers.
     *
     * @param padding zeros on every side
     */
    public Convolution(int in, int out, int kernel, int stride, int padding, boolean bias) {
      this(
          in,
          out,
          kernel,
          stride,
          new Padding.Zeros(padding),
          1,
          bias,
          Initials.he(in * kernel * kernel));
    }

    /** Whether every input has a group of its own. */
    public boolean depthwise() {
      return groups == in && groups > 1;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape input = OperationInputs.channels(OperationInputs.image(inputs), in);
      int height = padding.outputs(input.height(), kernelHeight, stride);
      int width = padding.outputs(input.width(), kernelWidth, stride);
      if (height < 1 || width < 1) {
        throw new IllegalArgumentException(
            "its kernel of %d x %d with a padding of %s is larger than its input of %s"
                .formatted(kernelHeight, kernelWidth, padding, input));
      }
      return Shape.of(out, height, width);
    }

    @Override
    public List<TensorSpec> tensors() {
      return weightAndBias(new int[] {out, in / groups, kernelHeight, kernelWidth}, bias, initials);
    }

    @Override
    public long multiplyAdds(Shape output) {
      return (long) (in / groups) * kernelHeight * kernelWidth * output.size();
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

  /** {@code min(max(x, 0), 6)}. */
  record Relu6() implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return OperationInputs.one(inputs);
    }
  }

  /** {@code max(x, 0) + slope * min(x, 0)}. */
  record LeakyRelu(double slope) implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return OperationInputs.one(inputs);
    }
  }

  /** Every value by the same number, as the branch of a residual block is made smaller. */
  record Scale(double factor) implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return OperationInputs.one(inputs);
    }
  }

  /**
   * The largest value of each window; what does not fit at the end is left out.
   *
   * @param padding on every side, which counts as minus infinity; at most half the kernel
   */
  record MaxPool(int kernel, int stride, int padding) implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return OperationInputs.pooled(OperationInputs.image(inputs), kernel, stride, padding);
    }
  }

  /**
   * Means of as many rows and columns of windows as {@code side} says, whatever the input's size
   * (PyTorch's adaptive average pool). A window goes from {@code floor(i * length / side)} to
   * {@code ceil((i + 1) * length / side)}: windows overlap where the length is no multiple of it.
   */
  record AveragePool(int side) implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return Shape.of(OperationInputs.image(inputs).channels(), side, side);
    }
  }

  /**
   * The mean of each window; what does not fit at the end is left out.
   *
   * @param padding on every side, which does not count; at most half the kernel
   */
  record MeanPool(int kernel, int stride, int padding) implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return OperationInputs.pooled(OperationInputs.image(inputs), kernel, stride, padding);
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

  /**
   * A linear map of a vector: weight {@code [out, in]}, bias {@code [out]}.
   *
   * @param initials how weight and bias begin
   */
  record Dense(int in, int out, boolean bias, Initials initials) implements Operation {
    /** One that begins with He's normal numbers. */
    public Dense(int in, int out, boolean bias) {
      this(in, out, bias, Initials.he(in));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      OperationInputs.vector(inputs, in);
      return Shape.of(out);
    }

    @Override
    public List<TensorSpec> tensors() {
      return weightAndBias(new int[] {out, in}, bias, initials);
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

  /** The channels of two or more inputs, one after the other; images must have the same sides. */
  record Concat() implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return OperationInputs.joined(inputs);
    }
  }

  /**
   * In training, each value is 0 with the probability {@code rate}, else it is divided by {@code 1
   * - rate} (Srivastava and others 2014); in prediction nothing changes. Which values are 0 depends
   * only on the node's name and on what the minibatch has drawn for each of its examples.
   *
   * @param rate 0..1, 1 excluded
   */
  record Dropout(double rate) implements Operation {
    /**
     * @throws IllegalArgumentException if the rate is out of range
     */
    public Dropout {
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException(
            "Cannot drop a share of %s: it must be at least 0 and less than 1".formatted(rate));
      }
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return OperationInputs.one(inputs);
    }
  }

  private static List<TensorSpec> weightAndBias(int[] shape, boolean bias, Initials initials) {
    TensorSpec weight = new TensorSpec("weight", shape, TensorKind.WEIGHT, initials.weight());
    return bias
        ? List.of(
            weight, new TensorSpec("bias", new int[] {shape[0]}, TensorKind.BIAS, initials.bias()))
        : List.of(weight);
  }
}
