package io.millrace.jobs.train;

import io.millrace.jobs.loss.ClassifierLoss;
import io.millrace.jobs.optimiser.Clipping;
import io.millrace.pipeline.job.Key;
import java.util.List;

/**
 * The keys of what is minimised, and of which weights move how far.
 *
 * @param freeze a phase may have its own
 */
public record FittingKeys(
    @Key(
            value =
                "what is minimised: cross-entropy, with label smoothing and class weights, or focal",
            or = "{ cross-entropy {} }")
        ClassifierLoss loss,
    @Key(
            value = "clips gradients before each step: none, { norm = 1.0 } or { value = 0.5 }",
            or = "none")
        Clipping clip,
    @Key(
            value =
                "layers with learning rates of their own:"
                    + " [{ layers = [\"layer1\", \"layer2\"], factor = 0.1 }]",
            or = "[]")
        List<LayerGroup> groups,
    @Key(
            value =
                "layers whose weights stay as they are: [\"layer1\"]; batch norm's running"
                    + " statistics still change",
            or = "[]")
        List<String> freeze) {
  /** The keys' defaults. */
  public static final FittingKeys DEFAULT =
      new FittingKeys(
          new ClassifierLoss.Entropy(0, List.of()), new Clipping.None(), List.of(), List.of());

  /** The keys during a phase. */
  FittingKeys during(Phase phase) {
    return new FittingKeys(loss, clip, groups, phase.freeze().orElse(freeze));
  }
}
