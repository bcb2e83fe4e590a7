package io.millrace.jobs.engine.torch;

import io.millrace.jobs.optimiser.Lion;
import io.millrace.jobs.optimiser.RmsProp;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Steps that libtorch has no fused kernel for, each by a few operations on all weights of a slice.
 * All pointers belong to the caller's scope.
 */
final class TensorSteps {
  private TensorSteps() {}

  static void rmsProp(RmsProp configured, Slice slice) {
    Tensor slope = decayed(slice);
    Tensor square = slice.buffers().get(0);
    square.mul_(number(configured.alpha()));
    square.addcmul_(slope, slope, number(1 - configured.alpha()));
    Tensor root = square.sqrt().add(number(configured.eps()));
    if (slice.momentum() == 0) {
      slice.weights().addcdiv_(slope, root, number(-slice.rate()));
      return;
    }
    Tensor momentum = slice.buffers().get(1);
    momentum.mul_(number(slice.momentum()));
    momentum.addcdiv_(slope, root);
    slice.weights().add_(momentum, number(-slice.rate()));
  }

  static void lion(Lion configured, Slice slice) {
    Tensor average = slice.buffers().get(0);
    Tensor direction =
        average
            .mul(number(slice.momentum()))
            .add(slice.gradient(), number(1 - slice.momentum()))
            .sign();
    slice.weights().mul_(number(1 - slice.rate() * slice.decay()));
    slice.weights().add_(direction, number(-slice.rate()));
    average.mul_(number(configured.beta2()));
    average.add_(slice.gradient(), number(1 - configured.beta2()));
  }

  /** The gradient with an L2 penalty's. */
  static Tensor decayed(Slice slice) {
    return slice.gradient().add(slice.weights(), number(slice.decay()));
  }

  static Scalar number(double value) {
    return new Scalar(value);
  }
}
