package io.millrace.jobs.engine;

import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.tensor.State;

/** An optimiser of a network's weights, on their device. Not for use by several threads. */
public interface Updater {
  /** One step with the network's gradient. */
  void step(Hyper hyper);

  /** The optimiser's state, copied, as {@code UpdateRule.state} describes it. */
  State state();

  /**
   * Replaces the optimiser's state.
   *
   * @throws IllegalArgumentException if it is of another optimiser or network; the message lists
   *     all differences
   */
  void restore(State state);
}
