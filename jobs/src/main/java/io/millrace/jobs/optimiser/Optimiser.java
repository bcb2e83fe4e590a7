package io.millrace.jobs.optimiser;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;
import java.util.List;

/**
 * How a gradient becomes a step, as configured: {@code optimiser { sgd { weight-decay = 1e-4 } }}.
 * Learning rate and momentum are the schedule's.
 */
public sealed interface Optimiser extends Serializable {
  /** A rule in its first state, for weights of that layout. */
  UpdateRule rule(Layout layout);

  /** The names of what its rule remembers of each weight, in the order of its state. */
  List<String> buffers();

  /** How many values its rule remembers of each weight. */
  default int remembered() {
    return buffers().size();
  }

  /** SGD with momentum, as {@code torch.optim.SGD} (Sutskever et al. 2013 for Nesterov's form). */
  @Variant(
      value = "sgd",
      summary = "SGD with momentum, as torch.optim.SGD.",
      example = "optimiser { sgd { weight-decay = 1e-4 } }")
  record Sgd(
      @Key(value = "L2 penalty", or = "0", min = 0) double weightDecay,
      @Key(value = "Nesterov momentum", or = "false") boolean nesterov)
      implements Optimiser {
    static final String MOMENTUM = "momentum";

    @Override
    public UpdateRule rule(Layout layout) {
      return new SgdRule(this, layout);
    }

    @Override
    public List<String> buffers() {
      return List.of(MOMENTUM);
    }
  }

  /**
   * Adam (Kingma and Ba 2015), as {@code torch.optim.Adam}; decoupled: AdamW (Loshchilov and Hutter
   * 2019), as {@code torch.optim.AdamW}. Beta 1 is the schedule's momentum.
   */
  @Variant(
      value = "adam",
      summary =
          "Adam, as torch.optim.Adam; decoupled it is AdamW. Beta 1 is the schedule's momentum.",
      example = "optimiser { adam { weight-decay = 0.01, decoupled = true } }")
  record Adam(
      @Key(value = "decay of the mean of squared gradients", or = "0.999", min = 0, max = 1)
          double beta2,
      @Key(value = "added to the denominator, so that it is not 0", or = "1e-8", min = 0)
          double eps,
      @Key(value = "weight decay", or = "0", min = 0) double weightDecay,
      @Key(value = "decoupled weight decay (AdamW)", or = "false") boolean decoupled)
      implements Optimiser {
    static final String AVERAGE = "exp_avg";
    static final String SQUARE = "exp_avg_sq";

    @Override
    public UpdateRule rule(Layout layout) {
      return new AdamRule(this, layout);
    }

    @Override
    public List<String> buffers() {
      return List.of(AVERAGE, SQUARE);
    }
  }
}
