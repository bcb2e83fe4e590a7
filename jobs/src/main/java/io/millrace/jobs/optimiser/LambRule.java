package io.millrace.jobs.optimiser;

import io.millrace.jobs.architecture.TensorKind;

/** Algorithm 2 of You et al. 2020, without bounds of the norm. */
final class LambRule extends TensorRule {
  private final Lamb configured;
  private final float[] moves;

  LambRule(Lamb configured, Layout layout) {
    super(layout, configured.buffers());
    this.configured = configured;
    this.moves = new float[layout.parts().stream().mapToInt(Layout.Part::length).max().orElse(0)];
  }

  @Override
  void step(Layout.Part part, float[] weights, float[] gradient, Rates rates) {
    double ofWeights = 0;
    double ofMoves = 0;
    fillMoves(part, weights, gradient, rates);
    for (int i = 0; i < part.length(); i++) {
      double weight = weights[part.offset() + i];
      ofWeights += weight * weight;
      ofMoves += (double) moves[i] * moves[i];
    }
    boolean scaled = part.kind() == TensorKind.WEIGHT && ofWeights > 0 && ofMoves > 0;
    double ratio = scaled ? Math.sqrt(ofWeights) / Math.sqrt(ofMoves) : 1;
    float size = (float) (-rates.rate() * ratio);
    for (int i = 0; i < part.length(); i++) {
      int at = part.offset() + i;
      weights[at] = Math.fma(moves[i], size, weights[at]);
    }
  }

  /** Adam's step and the decayed weights, before they are scaled. */
  private void fillMoves(Layout.Part part, float[] weights, float[] gradient, Rates rates) {
    float[] average = buffer(Optimiser.Adam.AVERAGE);
    float[] square = buffer(Optimiser.Adam.SQUARE);
    double beta1 = rates.momentum();
    double beta2 = configured.beta2();
    float keep1 = (float) beta1;
    float take1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float take2 = (float) (1 - beta2);
    float upscale = (float) (1 / (1 - Math.pow(beta1, (double) rates.step())));
    float correction = (float) Math.sqrt(1 - Math.pow(beta2, (double) rates.step()));
    float eps = (float) configured.eps();
    float decay = (float) configured.decay(part.kind());
    for (int i = 0; i < part.length(); i++) {
      int at = part.offset() + i;
      average[at] = Math.fma(gradient[at], take1, average[at] * keep1);
      square[at] = Math.fma(take2 * gradient[at], gradient[at], square[at] * keep2);
      float root = (float) Math.sqrt(square[at]) / correction + eps;
      moves[i] = Math.fma(weights[at], decay, average[at] * upscale / root);
    }
  }
}
