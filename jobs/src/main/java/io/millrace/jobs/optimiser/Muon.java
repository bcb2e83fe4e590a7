package io.millrace.jobs.optimiser;

import io.millrace.jobs.architecture.TensorKind;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * Muon (Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks"): the
 * momentum of a matrix is made nearly orthogonal by five Newton-Schulz steps. The schedule's
 * momentum is Muon's, in its Nesterov form; the weight decay is decoupled.
 *
 * <p>As in the author's program, it steps hidden matrices, and AdamW the rest: biases, gains and
 * offsets, and the last weight of the network, whose outputs are classes. A convolution is a matrix
 * of {@code [out, in * height * width]}, also the first one: the author's networks for pictures
 * step all of theirs by Muon, and leave only embeddings of words to AdamW.
 */
@Variant(
    value = "muon",
    summary =
        "Muon (Jordan et al. 2024): hidden matrices by five Newton-Schulz steps, the rest by AdamW.",
    example = "optimiser { muon { weight-decay = 0.01 } }")
public record Muon(
    @Key(value = "decoupled weight decay", or = "0", min = 0) double weightDecay,
    @Key(
            value =
                "factor of the learning rate for what AdamW steps: biases, batch norm and the last"
                    + " weight",
            or = "0.015",
            min = 0)
        double adamRate,
    @Key(value = "AdamW's decay of the mean of gradients", or = "0.9", min = 0, max = 1)
        double beta1,
    @Key(value = "AdamW's decay of the mean of squared gradients", or = "0.95", min = 0, max = 1)
        double beta2,
    @Key(value = "added to AdamW's denominator, so that it is not 0", or = "1e-10", min = 0)
        double eps,
    @Key(value = "which tensors weight decay shrinks: all or weights", or = "all") DecayOn decayOn)
    implements Optimiser {

  /** Whether Muon steps a tensor, and not AdamW. */
  public static boolean takes(Layout.Part part, Layout layout) {
    return isMatrix(part)
        && layout.parts().stream()
            .filter(other -> other.offset() > part.offset())
            .anyMatch(Muon::isMatrix);
  }

  /** What an orthogonal step is multiplied by, so that tall matrices step as far as square ones. */
  public static double scale(int rows, int columns) {
    return Math.sqrt(Math.max(1, (double) rows / columns));
  }

  private static boolean isMatrix(Layout.Part part) {
    return part.kind() == TensorKind.WEIGHT && part.shape().length > 1;
  }

  @Override
  public UpdateRule rule(Layout layout) {
    return new MuonRule(this, layout);
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
