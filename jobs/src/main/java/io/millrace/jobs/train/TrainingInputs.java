package io.millrace.jobs.train;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Dataset;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.spec.Canonical;
import io.millrace.pipeline.store.Digests;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters and inputs of a training.
 *
 * @param parameters of the whole
 * @param phases in their order, at least one
 */
record TrainingInputs(TrainParameters parameters, List<PhaseInputs> phases) {
  /**
   * Opens the inputs.
   *
   * @throws CannotException if there is no readable dataset or no statistics, or the phases'
   *     datasets are not of the same classes
   */
  static TrainingInputs open(TrainParameters parameters) {
    List<TrainingPart> parts = TrainingPart.of(parameters);
    PhaseInputs whole = PhaseInputs.open(parameters.plannedSchedule().epochs(), parameters);
    List<PhaseInputs> phases = new ArrayList<>();
    for (TrainingPart part : parts) {
      PhaseInputs inputs = PhaseInputs.open(part.epochs(), part.parameters());
      checkClasses(inputs.dataset(), whole.dataset(), part.number());
      phases.add(inputs);
    }
    return new TrainingInputs(parameters, List.copyOf(phases));
  }

  private static void checkClasses(Dataset own, Dataset whole, int phase) {
    List<String> here = own.classNames();
    List<String> there = whole.classNames();
    for (int label = 0; label < Math.max(here.size(), there.size()); label++) {
      if (!named(here, label).equals(named(there, label))) {
        throw new CannotException(
            "train in phase " + phase,
            "class %d is %s in its dataset %s and %s in the stage's, %s; give it a dataset of the same classes in the same order"
                .formatted(
                    label,
                    named(here, label),
                    JobFiles.shown(own.root()),
                    named(there, label),
                    JobFiles.shown(whole.root())));
      }
    }
  }

  private static String named(List<String> classes, int label) {
    return label < classes.size() ? "'" + classes.get(label) + "'" : "absent";
  }

  /** The inputs of the phase whose network becomes the model. */
  PhaseInputs last() {
    return phases.get(phases.size() - 1);
  }

  /** The identity that a checkpoint must have to resume from it. */
  String identity() {
    StringBuilder text = new StringBuilder();
    for (PhaseInputs phase : phases) {
      text.append(phase.dataset().digest()).append('\n');
      text.append(phase.statistics().digest()).append('\n');
    }
    text.append(Canonical.of(parameters));
    return Digests.of(text.toString());
  }
}
