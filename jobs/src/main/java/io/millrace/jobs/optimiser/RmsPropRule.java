package io.millrace.jobs.optimiser;

/** {@code torch.optim.RMSprop}, not centred. */
final class RmsPropRule extends TensorRule {
  private final RmsProp configured;

  RmsPropRule(RmsProp configured, Layout layout) {
    super(layout, configured.buffers());
    this.configured = configured;
  }

  @Override
  void step(Layout.Part part, float[] weights, float[] gradient, Rates rates) {
    float[] square = buffer(RmsProp.SQUARE);
    float[] momentum = buffer(RmsProp.MOMENTUM);
    float decay = (float) configured.decay(part.kind());
    float keepSquare = (float) configured.alpha();
    float takeSquare = (float) (1 - configured.alpha());
    float eps = (float) configured.eps();
    float keep = (float) rates.momentum();
    float size = (float) -rates.rate();
    for (int i = part.offset(); i < part.end(); i++) {
      float slope = Math.fma(weights[i], decay, gradient[i]);
      square[i] = Math.fma(takeSquare * slope, slope, square[i] * keepSquare);
      float move = slope / ((float) Math.sqrt(square[i]) + eps);
      // PyTorch leaves the buffer alone where momentum is 0.
      if (keep != 0) {
        move += momentum[i] * keep;
        momentum[i] = move;
      }
      weights[i] = Math.fma(move, size, weights[i]);
    }
  }
}
