package io.millrace.jobs.engine.torch;

import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.optimiser.UpdateRule;
import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.tensor.State;

/** Our own update rules on copies of the weights, so that a step is that of every engine. */
final class TorchUpdater implements Updater {
  private final UpdateRule rule;
  private final TorchWeights weights;
  private final float[] values;
  private final float[] gradient;

  TorchUpdater(UpdateRule rule, TorchWeights weights) {
    this.rule = rule;
    this.weights = weights;
    this.values = new float[weights.count()];
    this.gradient = new float[weights.count()];
  }

  @Override
  public void step(Hyper hyper) {
    weights.readWeights(values);
    weights.readGradient(gradient);
    rule.update(values, gradient, hyper);
    weights.writeWeights(values);
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
