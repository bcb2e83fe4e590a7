package io.millrace.jobs.engine.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/**
 * Dynamic loss scaling (Micikevicius et al. 2018), so that small gradients do not vanish in half
 * precision: the gradient of the outputs is multiplied by a scale, that of the weights divided by
 * it. A gradient that overflows halves the scale, and the step is left out; 2,000 good ones in a
 * row double it. The scale is no part of a checkpoint: after a resume it is found again.
 */
final class LossScale {
  private static final double FIRST = 65_536;
  private static final double LEAST = 1;
  private static final int GOOD_ONES = 2000;

  private double scale = FIRST;
  private int good;

  /** What the gradient of the outputs is multiplied by. */
  double scale() {
    return scale;
  }

  /**
   * Divides the gradient of the weights by the scale, and adapts the scale.
   *
   * @return whether the gradient is finite: a step may be made
   */
  boolean unscale(TorchWeights weights) {
    double used = scale;
    boolean finite =
        NativeScope.within(
            () -> {
              weights.gradient().mul_(new Scalar(1 / used));
              return torch.isfinite(weights.gradient()).all().item_bool();
            });
    if (!finite) {
      scale = Math.max(LEAST, scale / 2);
      good = 0;
    } else if (++good == GOOD_ONES) {
      scale *= 2;
      good = 0;
    }
    return finite;
  }
}
