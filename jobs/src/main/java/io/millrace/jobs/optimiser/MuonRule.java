package io.millrace.jobs.optimiser;

/** Muon for hidden matrices, AdamW for the rest. */
final class MuonRule extends TensorRule {
  private final Muon configured;
  private final Layout layout;

  MuonRule(Muon configured, Layout layout) {
    super(layout, configured.buffers());
    this.configured = configured;
    this.layout = layout;
  }

  @Override
  void step(Layout.Part part, float[] weights, float[] gradient, Rates rates) {
    if (Muon.takes(part, layout)) {
      muon(part, weights, gradient, rates);
    } else {
      adam(part, weights, gradient, rates);
    }
  }

  private void muon(Layout.Part part, float[] weights, float[] gradient, Rates rates) {
    float[] average = buffer(Optimiser.Adam.AVERAGE);
    float keep = (float) rates.momentum();
    float take = (float) (1 - rates.momentum());
    double[] moves = new double[part.length()];
    for (int i = 0; i < moves.length; i++) {
      int at = part.offset() + i;
      average[at] = average[at] * keep + gradient[at] * take;
      moves[i] = (double) gradient[at] * take + (double) average[at] * keep;
    }
    int rows = part.shape()[0];
    int columns = part.length() / rows;
    NewtonSchulz.orthogonalise(moves, rows, columns);
    double size = -rates.rate() * Muon.scale(rows, columns);
    double shrink = 1 - rates.rate() * configured.decay(part.kind());
    for (int i = 0; i < moves.length; i++) {
      int at = part.offset() + i;
      weights[at] = (float) (weights[at] * shrink + moves[i] * size);
    }
  }

  private void adam(Layout.Part part, float[] weights, float[] gradient, Rates rates) {
    float[] average = buffer(Optimiser.Adam.AVERAGE);
    float[] square = buffer(Optimiser.Adam.SQUARE);
    double rate = rates.rate() * configured.adamRate();
    double beta1 = configured.beta1();
    double beta2 = configured.beta2();
    double size = -rate / (1 - Math.pow(beta1, (double) rates.step()));
    double correction = Math.sqrt(1 - Math.pow(beta2, (double) rates.step()));
    double shrink = 1 - rate * configured.decay(part.kind());
    for (int i = part.offset(); i < part.end(); i++) {
      double slope = gradient[i];
      average[i] = (float) (average[i] * beta1 + slope * (1 - beta1));
      square[i] = (float) (square[i] * beta2 + slope * slope * (1 - beta2));
      double root = Math.sqrt(square[i]) / correction + configured.eps();
      weights[i] = (float) (weights[i] * shrink + size * average[i] / root);
    }
  }
}
