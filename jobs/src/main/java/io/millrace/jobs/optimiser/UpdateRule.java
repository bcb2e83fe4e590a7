package io.millrace.jobs.optimiser;

import io.millrace.jobs.tensor.State;

/**
 * Turns gradients into steps on one flat array of weights. It holds the optimiser's state. Not for
 * use by several threads.
 */
public interface UpdateRule {
  /**
   * One step. The weights of a group with rate factor 0 stay as they are, bit for bit.
   *
   * @param weights {@code [layout.size()]}, changed in place
   * @param gradient d(loss)/d(weight), as long as the weights; left as it is
   */
  void update(float[] weights, float[] gradient, Hyper hyper);

  /**
   * All that it remembers, copied: buffers as long as the weights, such as {@code momentum}, to be
   * averaged, and the count {@code steps} of each group.
   */
  State state();

  /**
   * Takes over that state, an earlier or a later one.
   *
   * @throws IllegalArgumentException if it is of another optimiser or layout, with all differences;
   *     nothing has changed then
   */
  void restore(State state);
}
