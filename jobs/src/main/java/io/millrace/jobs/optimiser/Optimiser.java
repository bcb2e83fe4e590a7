package io.millrace.jobs.optimiser;

import io.millrace.jobs.architecture.TensorKind;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;
import java.util.List;

/**
 * How a gradient becomes a step, as configured: {@code optimiser { sgd { weight-decay = 1e-4 } }}.
 * Learning rate and momentum are the schedule's.
 */
public sealed interface Optimiser extends Serializable
    permits Optimiser.Sgd, Optimiser.Adam, AdamW, RmsProp, Lion, Lamb, Lars, Muon {
  /** A rule in its first state, for weights of that layout. */
  UpdateRule rule(Layout layout);

  /** The configured weight decay, at least 0. */
  double weightDecay();

  /** The tensors that it shrinks. */
  DecayOn decayOn();

  /** The weight decay of a tensor of that kind. */
  default double decay(TensorKind kind) {
    return decayOn().takes(kind) ? weightDecay() : 0;
  }

  /**
   * Whether a step of a tensor depends on the whole tensor, such as on its norm; if not, each
   * weight steps by itself.
   */
  default boolean byTensor() {
    return false;
  }

  /** The names of what its rule remembers of each weight, in the order of its state. */
  List<String> buffers();

  /** How many values its rule remembers of each weight. */
  default int remembered() {
    return buffers().size();
  }

  /**
   * SGD with momentum, as {@code torch.optim.SGD} (Sutskever et al. 2013 for Nesterov's form).
   * Dampened, the momentum is a moving average that begins with 0: {@code 0.9 old + 0.1 gradient}
   * (fast.ai, Practical Deep Learning part 2, lesson 18).
   */
  @Variant(
      value = "sgd",
      summary = "SGD with momentum, as torch.optim.SGD.",
      example = "optimiser { sgd { weight-decay = 1e-4 } }")
  record Sgd(
      @Key(value = "L2 penalty", or = "0", min = 0) double weightDecay,
      @Key(value = "Nesterov momentum", or = "false") boolean nesterov,
      @Key(
              value =
                  "dampened momentum: the moving average of the gradients, 0.9 old + 0.1 new, in"
                      + " place of 0.9 old + new",
              or = "false")
          boolean dampened,
      @Key(value = "which tensors weight decay shrinks: all or weights", or = "all")
          DecayOn decayOn)
      implements Optimiser {
    static final String MOMENTUM = "momentum";

    /**
     * @throws IllegalArgumentException if it is dampened and Nesterov's
     */
    public Sgd {
      if (nesterov && dampened) {
        throw new IllegalArgumentException(
            "Cannot dampen Nesterov momentum: set either nesterov or dampened");
      }
    }

    /** With the usual momentum, and decay of all tensors. */
    public Sgd(double weightDecay, boolean nesterov) {
      this(weightDecay, nesterov, false, DecayOn.ALL);
    }

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
      @Key(value = "decoupled weight decay (AdamW)", or = "false") boolean decoupled,
      @Key(value = "which tensors weight decay shrinks: all or weights", or = "all")
          DecayOn decayOn)
      implements Optimiser {
    static final String AVERAGE = "exp_avg";
    static final String SQUARE = "exp_avg_sq";

    /** With decay of all tensors. */
    public Adam(double beta2, double eps, double weightDecay, boolean decoupled) {
      this(beta2, eps, weightDecay, decoupled, DecayOn.ALL);
    }

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
