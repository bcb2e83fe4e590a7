package io.millrace.jobs.optimiser;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * AdamW (Loshchilov and Hutter 2019) with the default weight decay of {@code torch.optim.AdamW}:
 * another name of decoupled Adam. Beta 1 is the schedule's momentum.
 */
@Variant(
    value = "adamw",
    summary =
        "AdamW, as torch.optim.AdamW; adam with decoupled weight decay. "
            + "Beta 1 is the schedule's momentum.",
    example = "optimiser { adamw { weight-decay = 0.05 } }")
public record AdamW(
    @Key(value = "decay of the mean of squared gradients", or = "0.999", min = 0, max = 1)
        double beta2,
    @Key(value = "added to the denominator, so that it is not 0", or = "1e-8", min = 0) double eps,
    @Key(value = "decoupled weight decay", or = "0.01", min = 0) double weightDecay,
    @Key(value = "which tensors weight decay shrinks: all or weights", or = "all") DecayOn decayOn)
    implements Optimiser {

  /** The same by Adam's keys. */
  public Adam adam() {
    return new Adam(beta2, eps, weightDecay, true, decayOn);
  }

  @Override
  public UpdateRule rule(Layout layout) {
    return adam().rule(layout);
  }

  @Override
  public List<String> buffers() {
    return List.of(Adam.AVERAGE, Adam.SQUARE);
  }
}
