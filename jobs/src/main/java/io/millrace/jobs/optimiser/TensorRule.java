package io.millrace.jobs.optimiser;

import io.millrace.jobs.tensor.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A rule that steps one tensor after the other and leaves out those of frozen groups. */
abstract class TensorRule implements UpdateRule {
  private final Layout layout;
  private final Map<String, float[]> buffers = new LinkedHashMap<>();
  private final RuleState state;

  /**
   * @param names of its buffers
   */
  TensorRule(Layout layout, List<String> names) {
    this.layout = layout;
    names.forEach(name -> buffers.put(name, new float[layout.size()]));
    this.state = RuleState.onHeap(layout, buffers);
  }

  /** What it remembers of each weight under a name. */
  final float[] buffer(String name) {
    return buffers.get(name);
  }

  @Override
  public final void update(float[] weights, float[] gradient, Hyper hyper) {
    state.step(hyper);
    for (Layout.Part part : layout.parts()) {
      double factor = hyper.factor(part.group());
      if (factor != 0) {
        Rates rates =
            new Rates(hyper.learningRate() * factor, hyper.momentum(), state.steps(part.group()));
        step(part, weights, gradient, rates);
      }
    }
  }

  /** Moves the weights of one tensor. */
  abstract void step(Layout.Part part, float[] weights, float[] gradient, Rates rates);

  /**
   * @param rate the learning rate of the tensor's group
   * @param momentum of the schedule
   * @param step the number of this step of the group, from 1
   */
  record Rates(double rate, double momentum, long step) {}

  @Override
  public final State state() {
    return state.copy();
  }

  @Override
  public final void restore(State from) {
    state.restore(from);
  }
}
