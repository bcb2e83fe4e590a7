package io.millrace.jobs.optimiser;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * LAMB (You et al. 2020, "Large batch optimization for deep learning: training BERT in 76
 * minutes"): Adam's step and the decayed weights, scaled in each tensor to the norm of its weights.
 * Beta 1 is the schedule's momentum. As in the authors' program, biases and batch norm's gains and
 * offsets are not scaled: most of them begin with 0, and would stay near it.
 */
@Variant(
    value = "lamb",
    summary = "LAMB (You et al. 2020), for large batches. Beta 1 is the schedule's momentum.",
    example = "optimiser { lamb { weight-decay = 0.01, decay-on = weights } }")
public record Lamb(
    @Key(value = "decay of the mean of squared gradients", or = "0.999", min = 0, max = 1)
        double beta2,
    @Key(value = "added to the denominator, so that it is not 0", or = "1e-6", min = 0) double eps,
    @Key(value = "weight decay, a part of the step that is scaled", or = "0", min = 0)
        double weightDecay,
    @Key(value = "which tensors weight decay shrinks: all or weights", or = "all") DecayOn decayOn)
    implements Optimiser {

  @Override
  public UpdateRule rule(Layout layout) {
    return new LambRule(this, layout);
  }

  @Override
  public boolean byTensor() {
    return true;
  }

  @Override
  public List<String> buffers() {
    return List.of(Adam.AVERAGE, Adam.SQUARE);
  }
}
