package io.millrace.jobs.optimiser;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * RMSProp (Hinton 2012, lecture 6e of Neural Networks for Machine Learning), as {@code
 * torch.optim.RMSprop}, with the schedule's momentum.
 */
@Variant(
    value = "rmsprop",
    summary = "RMSProp, as torch.optim.RMSprop, with the schedule's momentum.",
    example = "optimiser { rmsprop { alpha = 0.99 } }")
public record RmsProp(
    @Key(value = "decay of the mean of squared gradients", or = "0.99", min = 0, max = 1)
        double alpha,
    @Key(value = "added to the denominator, so that it is not 0", or = "1e-8", min = 0) double eps,
    @Key(value = "L2 penalty", or = "0", min = 0) double weightDecay,
    @Key(value = "which tensors weight decay shrinks: all or weights", or = "all") DecayOn decayOn)
    implements Optimiser {
  static final String SQUARE = "square_avg";
  static final String MOMENTUM = "momentum_buffer";

  @Override
  public UpdateRule rule(Layout layout) {
    return new RmsPropRule(this, layout);
  }

  @Override
  public List<String> buffers() {
    return List.of(SQUARE, MOMENTUM);
  }
}
