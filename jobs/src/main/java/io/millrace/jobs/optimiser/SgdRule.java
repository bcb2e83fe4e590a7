package io.millrace.jobs.optimiser;

import io.millrace.jobs.schedule.Hyper;
import java.util.Map;

/**
 * {@code torch.optim.SGD} without dampening. Multiply-adds are fused where PyTorch's vector code
 * fuses them, so that the results are its own to the bit.
 */
final class SgdRule implements UpdateRule {
  private final Optimiser.Sgd configured;
  private final float[] momentum;
  private long steps;

  SgdRule(Optimiser.Sgd configured, int weights) {
    this.configured = configured;
    this.momentum = new float[weights];
  }

  @Override
  public void update(float[] weights, float[] gradient, Hyper hyper) {
    float rate = (float) -hyper.learningRate();
    float decay = (float) configured.weightDecay();
    float keep = (float) hyper.momentum();
    steps++;
    for (int i = 0; i < weights.length; i++) {
      float slope = gradient[i];
      if (decay != 0) {
        slope = Math.fma(weights[i], decay, slope);
      }
      // PyTorch leaves the buffer alone where momentum is 0. A buffer of zeros makes its first
      // step ("buffer = gradient") come out of the general rule.
      if (keep != 0) {
        float buffer = momentum[i] * keep + slope;
        momentum[i] = buffer;
        slope = configured.nesterov() ? Math.fma(buffer, keep, slope) : buffer;
      }
      weights[i] = Math.fma(slope, rate, weights[i]);
    }
  }

  @Override
  public Map<String, float[]> buffers() {
    return Map.of("momentum", momentum);
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public void resumeAt(long count) {
    steps = count;
  }
}
