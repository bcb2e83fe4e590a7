package io.millrace.jobs.optimiser;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * Lion (Chen et al. 2023, "Symbolic discovery of optimization algorithms"): steps of the same size
 * for all weights, by the sign of an average of gradients. Beta 1 is the schedule's momentum; the
 * weight decay is decoupled. It wants a learning rate 3 to 10 times smaller than AdamW's.
 */
@Variant(
    value = "lion",
    summary = "Lion (Chen et al. 2023): steps by sign. Beta 1 is the schedule's momentum.",
    example = "optimiser { lion { weight-decay = 0.1 } }")
public record Lion(
    @Key(value = "decay of the mean of gradients", or = "0.99", min = 0, max = 1) double beta2,
    @Key(value = "decoupled weight decay", or = "0", min = 0) double weightDecay,
    @Key(value = "which tensors weight decay shrinks: all or weights", or = "all") DecayOn decayOn)
    implements Optimiser {
  static final String AVERAGE = "exp_avg";

  @Override
  public UpdateRule rule(Layout layout) {
    return new LionRule(this, layout);
  }

  @Override
  public List<String> buffers() {
    return List.of(AVERAGE);
  }
}
