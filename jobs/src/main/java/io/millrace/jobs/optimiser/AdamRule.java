package io.millrace.jobs.optimiser;

import io.millrace.jobs.schedule.Hyper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code torch.optim.Adam} and {@code AdamW}, with beta 1 from the schedule. */
final class AdamRule implements UpdateRule {
  private final Optimiser.Adam configured;
  private final float[] average;
  private final float[] square;
  private long steps;

  AdamRule(Optimiser.Adam configured, int weights) {
    this.configured = configured;
    this.average = new float[weights];
    this.square = new float[weights];
  }

  @Override
  public void update(float[] weights, float[] gradient, Hyper hyper) {
    steps++;
    double beta1 = hyper.momentum();
    double beta2 = configured.beta2();
    float keep1 = (float) beta1;
    float take1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float take2 = (float) (1 - beta2);
    float size = (float) -(hyper.learningRate() / (1 - Math.pow(beta1, (double) steps)));
    float correction = (float) Math.sqrt(1 - Math.pow(beta2, (double) steps));
    float eps = (float) configured.eps();
    boolean coupled = configured.weightDecay() != 0 && !configured.decoupled();
    float decay = (float) configured.weightDecay();
    float shrink =
        configured.decoupled() ? (float) (1 - hyper.learningRate() * configured.weightDecay()) : 1f;
    for (int i = 0; i < weights.length; i++) {
      float weight = weights[i] * shrink;
      float slope = coupled ? Math.fma(weight, decay, gradient[i]) : gradient[i];
      average[i] = Math.fma(slope, take1, average[i] * keep1);
      square[i] = Math.fma(take2 * slope, slope, square[i] * keep2);
      float root = (float) Math.sqrt(square[i]) / correction + eps;
      weights[i] = weight + size * average[i] / root;
    }
  }

  @Override
  public Map<String, float[]> buffers() {
    Map<String, float[]> buffers = new LinkedHashMap<>();
    buffers.put("exp_avg", average);
    buffers.put("exp_avg_sq", square);
    return Collections.unmodifiableMap(buffers);
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
