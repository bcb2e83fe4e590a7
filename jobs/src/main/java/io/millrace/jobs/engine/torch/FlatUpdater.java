package io.millrace.jobs.engine.torch;

import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.optimiser.AdamW;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Lamb;
import io.millrace.jobs.optimiser.Lars;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Lion;
import io.millrace.jobs.optimiser.Muon;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.optimiser.RmsProp;
import io.millrace.jobs.optimiser.RuleState;
import io.millrace.jobs.tensor.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * Steps on the flat tensor of all weights, where it lies, by libtorch's operations: its fused
 * kernels where it has them. One stretch of weights after the other, each of one group and one
 * weight decay, or each of one tensor where steps go by tensor. They compute as our own rules do,
 * except for rounding.
 */
final class FlatUpdater implements Updater {
  private static final Set<Class<? extends Optimiser>> KNOWN =
      Set.of(
          Optimiser.Sgd.class,
          Optimiser.Adam.class,
          AdamW.class,
          RmsProp.class,
          Lion.class,
          Lamb.class,
          Lars.class,
          Muon.class);

  private final Optimiser optimiser;
  private final Layout layout;
  private final TorchWeights weights;
  private final TorchSettings settings;
  private final List<Stretch> stretches;
  private final List<TorchBuffer> buffers = new ArrayList<>();
  private final RuleState state;

  /** Whether it can make the optimiser's steps. */
  static boolean knows(Optimiser optimiser) {
    return KNOWN.contains(optimiser.getClass());
  }

  /** Neighbouring weights that step alike. */
  private record Stretch(Layout.Part first, int length) {
    String group() {
      return first.group();
    }
  }

  /**
   * @param layout of the weights, with its groups
   */
  FlatUpdater(Optimiser optimiser, Layout layout, TorchWeights weights, TorchSettings settings) {
    this.optimiser = optimiser instanceof AdamW it ? it.adam() : optimiser;
    this.layout = layout;
    this.weights = weights;
    this.settings = settings;
    this.stretches = stretches(optimiser, layout);
    Map<String, TorchBuffer> byName = new LinkedHashMap<>();
    for (String name : optimiser.buffers()) {
      TorchBuffer buffer = new TorchBuffer(weights.buffer());
      buffers.add(buffer);
      byName.put(name, buffer);
    }
    this.state = new RuleState(layout, byName);
  }

  private static List<Stretch> stretches(Optimiser optimiser, Layout layout) {
    List<Stretch> stretches = new ArrayList<>();
    for (Layout.Part part : layout.parts()) {
      int last = stretches.size() - 1;
      if (last >= 0 && alike(optimiser, stretches.get(last).first(), part)) {
        Stretch before = stretches.get(last);
        stretches.set(
            last, new Stretch(before.first(), Math.addExact(before.length(), part.length())));
      } else {
        stretches.add(new Stretch(part, part.length()));
      }
    }
    return stretches;
  }

  private static boolean alike(Optimiser optimiser, Layout.Part one, Layout.Part other) {
    return !optimiser.byTensor()
        && one.group().equals(other.group())
        && optimiser.decay(one.kind()) == optimiser.decay(other.kind());
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
    Slice slice =
        new Slice(
            stretch.first(),
            part(weights.values(), stretch),
            part(weights.gradient(), stretch),
            buffers.stream().map(it -> part(it.tensor(), stretch)).toList(),
            optimiser.decay(stretch.first().kind()),
            rate,
            momentum,
            state.steps(stretch.group()));
    if (optimiser instanceof Optimiser.Sgd it) {
      FusedSteps.sgd(it, slice);
    } else if (optimiser instanceof Optimiser.Adam it) {
      FusedSteps.adam(it, slice, settings.count(slice.step()));
    } else if (optimiser instanceof RmsProp it) {
      TensorSteps.rmsProp(it, slice);
    } else if (optimiser instanceof Lion it) {
      TensorSteps.lion(it, slice);
    } else if (optimiser instanceof Lamb it) {
      NormSteps.lamb(it, slice);
    } else if (optimiser instanceof Lars it) {
      NormSteps.lars(it, slice);
    } else if (optimiser instanceof Muon it) {
      NormSteps.muon(it, slice, layout);
    } else {
      throw new IllegalStateException("Cannot step by " + optimiser);
    }
  }

  private static Tensor part(Tensor flat, Stretch stretch) {
    return flat.narrow(0, stretch.first().offset(), stretch.length());
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
