package io.millrace.jobs.engine.torch;

import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.optimiser.RuleState;
import io.millrace.jobs.tensor.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Steps on the flat tensor of all weights, where it lies, by libtorch's fused kernels: one pass
 * over weights, gradient and buffers for each stretch of weights of one group. They compute as our
 * own rules do, except for rounding.
 */
final class FlatUpdater implements Updater {
  private final Optimiser optimiser;
  private final TorchWeights weights;
  private final TorchSettings settings;
  private final List<Stretch> stretches;
  private final List<TorchBuffer> buffers = new ArrayList<>();
  private final RuleState state;

  /** Neighbouring weights that are in one group. */
  private record Stretch(String group, int offset, int length) {}

  /**
   * @param layout of the weights, with its groups
   */
  FlatUpdater(Optimiser optimiser, Layout layout, TorchWeights weights, TorchSettings settings) {
    this.optimiser = optimiser;
    this.weights = weights;
    this.settings = settings;
    this.stretches = stretches(layout);
    Map<String, TorchBuffer> byName = new LinkedHashMap<>();
    for (String name : optimiser.buffers()) {
      TorchBuffer buffer = new TorchBuffer(weights.buffer());
      buffers.add(buffer);
      byName.put(name, buffer);
    }
    this.state = new RuleState(layout, byName);
  }

  private static List<Stretch> stretches(Layout layout) {
    List<Stretch> stretches = new ArrayList<>();
    for (Layout.Part part : layout.parts()) {
      int last = stretches.size() - 1;
      if (last >= 0 && stretches.get(last).group().equals(part.group())) {
        Stretch before = stretches.get(last);
        stretches.set(
            last,
            new Stretch(
                part.group(), before.offset(), Math.addExact(before.length(), part.length())));
      } else {
        stretches.add(new Stretch(part.group(), part.offset(), part.length()));
      }
    }
    return stretches;
  }

  @Override
  public void step(Hyper hyper) {
    if (weights.gradientOverflowed()) {
      return;
    }
    settings.take();
    state.step(hyper);
    for (Stretch stretch : stretches) {
      double rate = hyper.learningRate() * hyper.factor(stretch.group());
      if (hyper.factor(stretch.group()) != 0) {
        NativeScope.run(() -> step(stretch, rate, hyper.momentum()));
      }
    }
  }

  private void step(Stretch stretch, double rate, double momentum) {
    Tensor values = part(weights.values(), stretch);
    Tensor gradient = part(weights.gradient(), stretch);
    List<Tensor> remembered = buffers.stream().map(it -> part(it.tensor(), stretch)).toList();
    if (optimiser instanceof Optimiser.Sgd sgd) {
      FusedSteps.sgd(sgd, values, gradient, remembered.get(0), rate, momentum);
    } else if (optimiser instanceof Optimiser.Adam adam) {
      FusedSteps.adam(
          adam,
          values,
          gradient,
          remembered.get(0),
          remembered.get(1),
          settings.count(state.steps(stretch.group())),
          rate,
          momentum);
    } else {
      throw new IllegalStateException("Cannot step by " + optimiser);
    }
  }

  private static Tensor part(Tensor flat, Stretch stretch) {
    return flat.narrow(0, stretch.offset(), stretch.length());
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
