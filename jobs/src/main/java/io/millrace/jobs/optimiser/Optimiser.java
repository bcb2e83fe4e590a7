package io.millrace.jobs.optimiser;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;

/**
 * How a gradient becomes a step, as configured: {@code optimiser { sgd { weight-decay = 1e-4 } }}.
 */
public sealed interface Optimiser extends Serializable {
  /** SGD with momentum, as {@code torch.optim.SGD}. */
  @Variant("sgd")
  record Sgd(
      @Key(value = "L2 penalty", or = "0", min = 0) double weightDecay,
      @Key(value = "Nesterov momentum", or = "false") boolean nesterov)
      implements Optimiser {}

  /** Adam, as {@code torch.optim.Adam}. */
  @Variant("adam")
  record Adam(
      @Key(value = "decay of the squared gradients", or = "0.999", min = 0, max = 1) double beta2,
      @Key(value = "added to the root", or = "1e-8", min = 0) double eps,
      @Key(value = "weight decay", or = "0", min = 0) double weightDecay,
      @Key(value = "decoupled weight decay (AdamW)", or = "false") boolean decoupled)
      implements Optimiser {}
}
