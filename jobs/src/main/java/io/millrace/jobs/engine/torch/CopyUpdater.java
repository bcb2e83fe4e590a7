package io.millrace.jobs.engine.torch;

import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.UpdateRule;
import io.millrace.jobs.tensor.State;

/** Steps by our own rule on copies of the weights, where libtorch has no kernel for it. */
final class CopyUpdater implements Updater {
  private final UpdateRule rule;
  private final TorchWeights weights;
  private final float[] values;
  private final float[] gradient;

  CopyUpdater(UpdateRule rule, TorchWeights weights) {
    this.rule = rule;
    this.weights = weights;
    this.values = new float[weights.count()];
    this.gradient = new float[weights.count()];
  }

  @Override
  public void step(Hyper hyper) {
    if (weights.gradientOverflowed()) {
      return;
    }
    NativeScope.run(() -> TorchArrays.read(weights.values(), values));
    NativeScope.run(() -> TorchArrays.read(weights.gradient(), gradient));
    rule.update(values, gradient, hyper);
    NativeScope.run(() -> TorchArrays.write(values, weights.values()));
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
