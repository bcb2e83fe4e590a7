package io.millrace.jobs.optimiser;

import io.millrace.jobs.architecture.TensorKind;

/** Algorithm 1 of You et al. 2017. */
final class LarsRule extends TensorRule {
  private final Lars configured;

  LarsRule(Lars configured, Layout layout) {
    super(layout, configured.buffers());
    this.configured = configured;
  }

  @Override
  void step(Layout.Part part, float[] weights, float[] gradient, Rates rates) {
    float[] momentum = buffer(Lars.MOMENTUM);
    double decay = configured.decay(part.kind());
    double ofWeights = 0;
    double ofGradient = 0;
    for (int i = part.offset(); i < part.end(); i++) {
      ofWeights += (double) weights[i] * weights[i];
      ofGradient += (double) gradient[i] * gradient[i];
    }
    double weightNorm = Math.sqrt(ofWeights);
    double norms = Math.sqrt(ofGradient) + decay * weightNorm;
    boolean scaled = part.kind() == TensorKind.WEIGHT && weightNorm > 0 && norms > 0;
    double ratio = scaled ? configured.trust() * weightNorm / norms : 1;
    float size = (float) (rates.rate() * ratio);
    float keep = (float) rates.momentum();
    for (int i = part.offset(); i < part.end(); i++) {
      float slope = Math.fma(weights[i], (float) decay, gradient[i]);
      momentum[i] = momentum[i] * keep + slope * size;
      weights[i] -= momentum[i];
    }
  }
}
