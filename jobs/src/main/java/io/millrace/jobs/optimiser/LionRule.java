package io.millrace.jobs.optimiser;

/** Algorithm 2 of Chen et al. 2023. */
final class LionRule extends TensorRule {
  private final Lion configured;

  LionRule(Lion configured, Layout layout) {
    super(layout, configured.buffers());
    this.configured = configured;
  }

  @Override
  void step(Layout.Part part, float[] weights, float[] gradient, Rates rates) {
    float[] average = buffer(Lion.AVERAGE);
    float keep1 = (float) rates.momentum();
    float take1 = (float) (1 - rates.momentum());
    float keep2 = (float) configured.beta2();
    float take2 = (float) (1 - configured.beta2());
    float shrink = (float) (1 - rates.rate() * configured.decay(part.kind()));
    float size = (float) -rates.rate();
    for (int i = part.offset(); i < part.end(); i++) {
      float direction = Math.signum(average[i] * keep1 + gradient[i] * take1);
      weights[i] = Math.fma(direction, size, weights[i] * shrink);
      average[i] = average[i] * keep2 + gradient[i] * take2;
    }
  }
}
