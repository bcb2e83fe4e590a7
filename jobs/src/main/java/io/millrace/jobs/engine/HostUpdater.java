package io.millrace.jobs.engine;

import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.UpdateRule;
import io.millrace.jobs.tensor.State;

/** Applies our own update rules to weights in this process's memory. */
public final class HostUpdater implements Updater {
  private final UpdateRule rule;
  private final float[] weights;
  private final float[] gradient;
  private final Runnable moved;

  /**
   * @param weights of the network, changed in place
   * @param gradient of the network, only read
   * @param moved called after each step
   */
  public HostUpdater(UpdateRule rule, float[] weights, float[] gradient, Runnable moved) {
    this.rule = rule;
    this.weights = weights;
    this.gradient = gradient;
    this.moved = moved;
  }

  @Override
  public void step(Hyper hyper) {
    rule.update(weights, gradient, hyper);
    moved.run();
  }

  @Override
  public State state() {
    return rule.state();
  }

  @Override
  public void restore(State state) {
    rule.restore(state);
  }
}
