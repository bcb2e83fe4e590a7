package io.millrace.jobs.optimiser;

import io.millrace.jobs.tensor.State;
import java.util.Map;

/**
 * {@code torch.optim.SGD}, or with dampened momentum that begins with 0. Multiply-adds are fused
 * where PyTorch's vector code fuses them, so that the results are its own bit for bit.
 */
final class SgdRule implements UpdateRule {
  private final Optimiser.Sgd configured;
  private final Layout layout;
  private final RuleState state;
  private final float[] momentum;

  SgdRule(Optimiser.Sgd configured, Layout layout) {
    this.configured = configured;
    this.layout = layout;
    this.momentum = new float[layout.size()];
    this.state = RuleState.onHeap(layout, Map.of(Optimiser.Sgd.MOMENTUM, momentum));
  }

  @Override
  public void update(float[] weights, float[] gradient, Hyper hyper) {
    state.step(hyper);
    for (Layout.Part part : layout.parts()) {
      double factor = hyper.factor(part.group());
      if (factor != 0) {
        update(part, weights, gradient, hyper, factor);
      }
    }
  }

  private void update(
      Layout.Part part, float[] weights, float[] gradient, Hyper hyper, double factor) {
    float rate = (float) -(hyper.learningRate() * factor);
    float decay = (float) configured.decay(part.kind());
    float keep = (float) hyper.momentum();
    float take = configured.dampened() ? (float) (1 - hyper.momentum()) : 1;
    for (int i = part.offset(); i < part.end(); i++) {
      float slope = gradient[i];
      if (decay != 0) {
        slope = Math.fma(weights[i], decay, slope);
      }
      // PyTorch leaves the buffer alone where momentum is 0. A buffer of zeros makes its first
      // step ("buffer = gradient") come out of the general rule.
      if (keep != 0) {
        float buffer = momentum[i] * keep + take * slope;
        momentum[i] = buffer;
        slope = configured.nesterov() ? Math.fma(buffer, keep, slope) : buffer;
      }
      weights[i] = Math.fma(slope, rate, weights[i]);
    }
  }

  @Override
  public State state() {
    return state.copy();
  }

  @Override
  public void restore(State from) {
    state.restore(from);
  }
}
