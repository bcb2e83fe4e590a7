package io.millrace.jobs.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.loss.Measure;
import io.millrace.pipeline.card.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a training before it begins, sent as an event and kept in the model's
 * provenance.
 *
 * @param epochs how many begin, in all
 * @param unit what examples are called, in the plural
 * @param images examples of a whole epoch of the last phase
 * @param roundsPerEpoch rounds of a whole epoch of the last phase
 * @param workers whose weights are averaged
 * @param input shape of an example of the last phase, e.g. {@code 3x32x32}; null where there is no
 *     one shape
 * @param classes how many; null where there are none
 * @param weights trainable ones
 * @param multiplyAdds of the forward pass of one example of the last phase
 * @param measures of the steps, in order
 * @param validationMeasures of the validation, in order
 * @param rounds of the whole training
 * @param imagesSeen examples that the whole training sees, each counted every time
 * @param settings the parameters, as far as they can change the result
 * @param phases in their order; none if there is only one
 */
public record TrainingFacts(
    int epochs,
    String unit,
    long images,
    int roundsPerEpoch,
    int workers,
    String input,
    Integer classes,
    long weights,
    long multiplyAdds,
    List<Measure> measures,
    List<Measure> validationMeasures,
    int rounds,
    long imagesSeen,
    Map<String, Object> settings,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PhaseFacts> phases) {
  /** What examples are called if nothing else is recorded. */
  static final String IMAGES = "images";

  /** Fills in what an older version did not record: it trained classifiers on whole epochs. */
  public TrainingFacts {
    unit = unit == null ? IMAGES : unit;
    phases = phases == null ? List.of() : List.copyOf(phases);
    measures = measures == null ? CrossEntropy.MEASURES : List.copyOf(measures);
    validationMeasures =
        validationMeasures == null ? CrossEntropy.MEASURES : List.copyOf(validationMeasures);
    if (rounds == 0) {
      rounds =
          phases.isEmpty()
              ? roundsPerEpoch * epochs
              : phases.stream().mapToInt(phase -> phase.roundsPerEpoch() * phase.epochs()).sum();
      imagesSeen =
          phases.isEmpty()
              ? images * epochs
              : phases.stream().mapToLong(phase -> phase.images() * phase.epochs()).sum();
    }
  }

  /** The name of their event, and of their field in the provenance. */
  public static final String NAME = "training";

  /**
   * Of a plan.
   *
   * @param input shape of an example of the last phase; null where there is no one shape
   * @param classes how many; null where there are none
   * @param settings the parameters, as far as they can change the result
   */
  public static TrainingFacts of(
      TrainingPlan plan, String input, Integer classes, Map<String, Object> settings) {
    TrainingPhase last = plan.last();
    return new TrainingFacts(
        plan.epochs(),
        last.examples().unit(),
        last.rounds().examples(),
        last.rounds().perEpoch(),
        plan.workers(),
        input,
        classes,
        last.learner().weights(),
        last.learner().multiplyAdds(),
        last.learner().measures(),
        last.learner().validationMeasures(),
        plan.rounds(),
        plan.examples(),
        settings,
        plan.phases().size() == 1
            ? List.of()
            : plan.phases().stream().map(PhaseFacts::of).toList());
  }

  /** The phase of an epoch, counted from 1; empty if there is only one. */
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
      round += phase.rounds();
    }
    return marks;
  }

  /**
   * What is known of a phase.
   *
   * @param epochs how many begin in it
   * @param length in epochs, which need not be whole
   * @param images examples of a whole epoch
   * @param roundsPerEpoch rounds of a whole epoch
   * @param rounds of the whole phase
   * @param size of an example, e.g. {@code 32x32}
   * @param multiplyAdds of the forward pass of one example
   */
  record PhaseFacts(
      int epochs,
      double length,
      long images,
      int roundsPerEpoch,
      int rounds,
      String size,
      long multiplyAdds) {
    /** Fills in what an older version did not record. */
    PhaseFacts {
      rounds = rounds == 0 ? roundsPerEpoch * epochs : rounds;
      length = length == 0 ? epochs : length;
    }

    static PhaseFacts of(TrainingPhase phase) {
      return new PhaseFacts(
          phase.epochsBegun(),
          phase.epochs(),
          phase.rounds().examples(),
          phase.rounds().perEpoch(),
          phase.roundsInAll(),
          phase.examples().described(),
          phase.learner().multiplyAdds());
    }
  }
}
