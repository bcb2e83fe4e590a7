package io.millrace.jobs.optimiser;

import io.millrace.jobs.tensor.State;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code torch.optim.Adam} and {@code AdamW}, with beta 1 from the schedule. */
final class AdamRule implements UpdateRule {
  private final Optimiser.Adam configured;
  private final Layout layout;
  private final RuleState state;
  private final float[] average;
  private final float[] square;

  AdamRule(Optimiser.Adam configured, Layout layout) {
    this.configured = configured;
    this.layout = layout;
    this.average = new float[layout.size()];
    this.square = new float[layout.size()];
    Map<String, float[]> buffers = new LinkedHashMap<>();
    buffers.put(Optimiser.Adam.AVERAGE, average);
    buffers.put(Optimiser.Adam.SQUARE, square);
    this.state = RuleState.onHeap(layout, buffers);
  }

  @Override
  public void update(float[] weights, float[] gradient, Hyper hyper) {
    state.step(hyper);
    for (Layout.Part part : layout.parts()) {
      double factor = hyper.factor(part.group());
      if (factor != 0) {
        long step = state.steps(part.group());
        update(part, weights, gradient, hyper, hyper.learningRate() * factor, step);
      }
    }
  }

  private void update(
      Layout.Part part, float[] weights, float[] gradient, Hyper hyper, double rate, long step) {
    double beta1 = hyper.momentum();
    double beta2 = configured.beta2();
    float keep1 = (float) beta1;
    float take1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float take2 = (float) (1 - beta2);
    float size = (float) -(rate / (1 - Math.pow(beta1, (double) step)));
    float correction = (float) Math.sqrt(1 - Math.pow(beta2, (double) step));
    float eps = (float) configured.eps();
    double ofKind = configured.decay(part.kind());
    boolean coupled = ofKind != 0 && !configured.decoupled();
    float decay = (float) ofKind;
    float shrink = configured.decoupled() ? (float) (1 - rate * ofKind) : 1f;
    for (int i = part.offset(); i < part.end(); i++) {
      float weight = weights[i] * shrink;
      float slope = coupled ? Math.fma(weight, decay, gradient[i]) : gradient[i];
      average[i] = Math.fma(slope, take1, average[i] * keep1);
      square[i] = Math.fma(take2 * slope, slope, square[i] * keep2);
      float root = (float) Math.sqrt(square[i]) / correction + eps;
      weights[i] = weight + size * average[i] / root;
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
