package io.millrace.jobs.optimiser;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;
import java.util.List;

/**
 * What is done with gradients that are too large, before a step: {@code clip { norm = 1.0 }}. Those
 * of frozen groups neither count nor change, as those of parameters without a gradient in PyTorch.
 */
public sealed interface Clipping extends Serializable {
  /** Added to a norm, so that the quotient is finite; PyTorch's. */
  double EPS = 1e-6;

  /**
   * Clips on the heap.
   *
   * @param gradient of all weights, changed in place
   * @param parts the tensors that move
   */
  void clip(float[] gradient, List<Layout.Part> parts);

  /** Gradients stay as they are. */
  @Variant(value = "none", summary = "Gradients stay as they are.", example = "clip = none")
  record None() implements Clipping {
    @Override
    public void clip(float[] gradient, List<Layout.Part> parts) {}
  }

  /** As {@code torch.nn.utils.clip_grad_norm_} (Pascanu et al. 2013). */
  @Variant(
      value = "norm",
      summary = "The whole gradient is scaled down to a norm, as torch's clip_grad_norm_.",
      example = "clip { norm = 1.0 }")
  record Norm(
      @Key(value = "the largest norm of the gradient of all weights together", min = 1e-6)
          double maxNorm)
      implements Clipping {
    @Override
    public void clip(float[] gradient, List<Layout.Part> parts) {
      double squares = 0;
      for (Layout.Part part : parts) {
        for (int i = part.offset(); i < part.end(); i++) {
          squares += (double) gradient[i] * gradient[i];
        }
      }
      float factor = (float) Math.min(1, maxNorm / (Math.sqrt(squares) + EPS));
      for (Layout.Part part : parts) {
        for (int i = part.offset(); i < part.end(); i++) {
          gradient[i] *= factor;
        }
      }
    }
  }

  /** As {@code torch.nn.utils.clip_grad_value_}. */
  @Variant(
      value = "value",
      summary = "Each value of the gradient is bounded, as torch's clip_grad_value_.",
      example = "clip { value = 0.5 }")
  record Value(
      @Key(value = "the largest size of each value of the gradient", min = 1e-6) double maxValue)
      implements Clipping {
    @Override
    public void clip(float[] gradient, List<Layout.Part> parts) {
      float bound = (float) maxValue;
      for (Layout.Part part : parts) {
        for (int i = part.offset(); i < part.end(); i++) {
          gradient[i] = Math.max(-bound, Math.min(bound, gradient[i]));
        }
      }
    }
  }
}
