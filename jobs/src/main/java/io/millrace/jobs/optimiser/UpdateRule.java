package io.millrace.jobs.optimiser;

import io.millrace.jobs.schedule.Hyper;
import java.util.Map;

/**
 * How a gradient becomes a step, at work on one flat array of weights. It holds the optimiser's
 * state. Not for use by several threads.
 */
public interface UpdateRule {
  /**
   * One step.
   *
   * @param weights moved in place
   * @param gradient d(loss)/d(weight), as long as the weights; left as it is
   */
  void update(float[] weights, float[] gradient, Hyper hyper);

  /**
   * The state beside the count of steps, by name ({@code momentum}; {@code exp_avg} and {@code
   * exp_avg_sq}), in a fixed order, each as long as the weights. These are the arrays at work:
   * write to them to restore a state, copy them to keep one.
   */
  Map<String, float[]> buffers();

  /** How many steps were taken. */
  long steps();

  /** Sets the count of steps, after a restore. */
  void resumeAt(long steps);
}
