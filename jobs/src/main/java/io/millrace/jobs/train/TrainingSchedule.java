package io.millrace.jobs.train;

import io.millrace.jobs.schedule.Phases;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.schedule.SchedulePhase;
import io.millrace.pipeline.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The schedule of a training, which its own key or the keys of its phases give. */
final class TrainingSchedule {
  private static final String KEY = "schedule";
  private static final List<Double> MOMENTUM = List.of(0.9);

  private TrainingSchedule() {}

  /**
   * The schedule of a training without problems.
   *
   * @throws IllegalArgumentException if a phase's rates can't be used
   */
  static Schedule of(TrainParameters parameters) {
    return parameters
        .schedule()
        .orElseGet(
            () -> new Phases(parameters.phases().stream().map(TrainingSchedule::part).toList()));
  }

  private static SchedulePhase part(Phase phase) {
    return new SchedulePhase(
        phase.epochs(),
        phase.lr().orElseThrow(),
        phase.decay(),
        phase.momentum().orElse(MOMENTUM),
        phase.momentumDecay(),
        // The phase of the training has it.
        Optional.empty());
  }

  /** The key, below the stage, that sets the learning rate. */
  static String learningRateKey(TrainParameters parameters) {
    return parameters
        .schedule()
        .map(it -> KEY + "." + it.learningRateKey())
        .orElse("the phases' lr");
  }

  /** What is wrong with it, each at the most specific key. */
  static List<Problem> problems(TrainParameters parameters) {
    boolean scheduled = parameters.schedule().isPresent();
    List<Phase> phases = parameters.phases();
    if (!scheduled && phases.stream().allMatch(phase -> phase.lr().isEmpty())) {
      return List.of(new Problem(KEY, "is missing (learning rate and momentum over the epochs)"));
    }
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < phases.size(); i++) {
      String path = "phases[" + i + "].";
      String in = "in phase " + (i + 1) + ", ";
      Phase phase = phases.get(i);
      if (scheduled) {
        given(phase)
            .ifPresent(
                key ->
                    problems.add(
                        new Problem(
                            path + key,
                            in
                                + "the schedule sets the learning rate and the momentum; leave out "
                                + key
                                + ", or the schedule")));
      } else if (phase.lr().isEmpty()) {
        problems.add(
            new Problem(
                path + "lr",
                in
                    + "lr is missing: other phases have a learning rate of their own and there is no schedule"));
      } else {
        refusal(phase).ifPresent(why -> problems.add(new Problem(path + "lr", in + why)));
      }
    }
    return problems;
  }

  /** The first key of a phase that belongs into a schedule. */
  private static Optional<String> given(Phase phase) {
    if (phase.lr().isPresent()) {
      return Optional.of("lr");
    }
    if (phase.decay().isPresent()) {
      return Optional.of("decay");
    }
    if (phase.momentum().isPresent()) {
      return Optional.of("momentum");
    }
    return phase.momentumDecay().map(it -> "momentum-decay");
  }

  private static Optional<String> refusal(Phase phase) {
    try {
      part(phase);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }
}
