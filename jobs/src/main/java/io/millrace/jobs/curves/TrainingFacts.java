package io.millrace.jobs.curves;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.pipeline.card.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a training before it begins, told as an event and kept in the model's
 * provenance.
 *
 * @param epochs in all
 * @param images of an epoch of the last phase
 * @param roundsPerEpoch rounds of an epoch of the last phase
 * @param workers whose weights are averaged
 * @param input shape of an image of the last phase, e.g. {@code 3x32x32}
 * @param classes how many
 * @param weights trainable ones
 * @param multiplyAdds of the forward pass of one image of the last phase
 * @param settings the parameters, as far as they can change the result
 * @param phases in their order; none where the training is all of one
 */
public record TrainingFacts(
    int epochs,
    long images,
    int roundsPerEpoch,
    int workers,
    String input,
    int classes,
    int weights,
    long multiplyAdds,
    Map<String, Object> settings,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PhaseFacts> phases) {
  public TrainingFacts {
    phases = phases == null ? List.of() : List.copyOf(phases);
  }

  /** The event that tells them, and their place in the provenance. */
  public static final String NAME = "training";

  /**
   * Of a plan.
   *
   * @param settings the parameters, as far as they can change the result
   */
  public static TrainingFacts of(TrainingPlan plan, Map<String, Object> settings) {
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
        settings,
        plan.phases().size() == 1
            ? List.of()
            : plan.phases().stream().map(PhaseFacts::of).toList());
  }

  /** Rounds of the whole training. */
  int rounds() {
    return phases.isEmpty()
        ? roundsPerEpoch * epochs
        : phases.stream().mapToInt(phase -> phase.roundsPerEpoch() * phase.epochs()).sum();
  }

  /** Images that the whole training sees, each as often as it does. */
  long imagesSeen() {
    return phases.isEmpty()
        ? images * epochs
        : phases.stream().mapToLong(phase -> phase.images() * phase.epochs()).sum();
  }

  /** The phase of an epoch, counted from 1; empty where the training is all of one. */
  Optional<PhaseFacts> phase(int epoch) {
    int before = 0;
    for (PhaseFacts phase : phases) {
      before += phase.epochs();
      if (epoch <= before) {
        return Optional.of(phase);
      }
    }
    return Optional.empty();
  }

  /** Where phases begin, by rounds of the training counted from 1. */
  List<Block.Mark> beginnings() {
    List<Block.Mark> marks = new ArrayList<>();
    int round = 1;
    for (PhaseFacts phase : phases) {
      marks.add(new Block.Mark(round, phase.size()));
      round += phase.roundsPerEpoch() * phase.epochs();
    }
    return marks;
  }

  /**
   * What is known of a phase.
   *
   * @param epochs that it lasts
   * @param images of an epoch
   * @param roundsPerEpoch rounds of an epoch
   * @param size of an image in pixels, e.g. {@code 32x32}
   * @param multiplyAdds of the forward pass of one image
   * @param dataset digest of its dataset
   */
  record PhaseFacts(
      int epochs, long images, int roundsPerEpoch, String size, long multiplyAdds, String dataset) {
    static PhaseFacts of(TrainingPhase phase) {
      return new PhaseFacts(
          phase.epochs(),
          phase.rounds().images(),
          phase.rounds().perEpoch(),
          phase.recipe().input().sides(),
          phase.trainee().blueprint().multiplyAdds(),
          phase.recipe().view().dataset().digest());
    }
  }
}
