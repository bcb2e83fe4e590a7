package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.pipeline.spec.Canonical;
import java.util.Map;

/**
 * What is known of a training before it begins, told as an event and kept in the model's
 * provenance.
 *
 * @param epochs in all
 * @param images of an epoch
 * @param roundsPerEpoch rounds of an epoch
 * @param workers whose weights are averaged
 * @param input shape of an image, e.g. {@code 3x32x32}
 * @param classes how many
 * @param weights trainable ones
 * @param multiplyAdds of the forward pass of one image
 * @param settings the parameters, as far as they can change the result
 */
record TrainingFacts(
    int epochs,
    long images,
    int roundsPerEpoch,
    int workers,
    String input,
    int classes,
    int weights,
    long multiplyAdds,
    Map<String, Object> settings) {
  /** The event that tells them, and their place in the provenance. */
  static final String NAME = "training";

  static TrainingFacts of(TrainingPlan plan, TrainParameters parameters) {
    Blueprint blueprint = plan.last().trainee().blueprint();
    return new TrainingFacts(
        plan.epochs(),
        plan.last().rounds().images(),
        plan.last().rounds().perEpoch(),
        plan.workers(),
        plan.last().recipe().input().toString(),
        blueprint.classes(),
        blueprint.weightCount(),
        blueprint.multiplyAdds(),
        Canonical.of(parameters));
  }

  /** Rounds of the whole training. */
  int rounds() {
    return roundsPerEpoch * epochs;
  }
}
