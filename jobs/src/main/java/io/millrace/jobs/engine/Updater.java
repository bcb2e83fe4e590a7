package io.millrace.jobs.engine;

import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.tensor.State;

/** An optimiser at work where the weights of a network live. Not for use by several threads. */
public interface Updater {
  /** One step along the network's gradient. */
  void step(Hyper hyper);

  /** What the optimiser remembers, copied, in the form of {@code UpdateRule.state}. */
  State state();

  /**
   * Goes back (or on) to that state.
   *
   * @throws IllegalArgumentException if it is of another optimiser or network, with all differences
   */
  void restore(State state);
}
