package io.millrace.jobs.optimiser;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * LARS (You et al. 2017, "Large batch training of convolutional networks"): SGD with momentum, and
 * in each tensor a learning rate by the ratio of the norms of weights and gradient. The rate is
 * within the momentum, as in the paper. Biases and batch norm's gains and offsets have the plain
 * rate, as in the authors' later programs: most of them begin with 0, and would stay near it.
 */
@Variant(
    value = "lars",
    summary = "LARS (You et al. 2017), for large batches, with the schedule's momentum.",
    example = "optimiser { lars { weight-decay = 1e-4, decay-on = weights } }")
public record Lars(
    @Key(value = "trust coefficient: the ratio of norms is multiplied by it", or = "0.001", min = 0)
        double trust,
    @Key(value = "L2 penalty", or = "0", min = 0) double weightDecay,
    @Key(value = "which tensors weight decay shrinks: all or weights", or = "all") DecayOn decayOn)
    implements Optimiser {
  static final String MOMENTUM = "momentum";

  @Override
  public UpdateRule rule(Layout layout) {
    return new LarsRule(this, layout);
  }

  @Override
  public boolean byTensor() {
    return true;
  }

  @Override
  public List<String> buffers() {
    return List.of(MOMENTUM);
  }
}
