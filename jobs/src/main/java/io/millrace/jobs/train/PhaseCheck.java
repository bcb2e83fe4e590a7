package io.millrace.jobs.train;

import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.transform.Chain;
import io.millrace.pipeline.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is wrong with a training's phases, as far as the configuration alone shows it. */
final class PhaseCheck {
  /** The tolerance for sums of decimal fractions. */
  private static final double SAME = 1e-9;

  private PhaseCheck() {}

  /** The problems of all phases, each at the most specific key. */
  static List<Problem> of(TrainParameters parameters, List<Phase> phases) {
    List<Problem> problems = new ArrayList<>();
    double epochs = phases.stream().mapToDouble(Phase::epochs).sum();
    double scheduled = parameters.schedule().map(Schedule::epochs).orElse(epochs);
    if (Math.abs(epochs - scheduled) > SAME) {
      problems.add(
          new Problem(
              "phases",
              "they last %s = %s epochs and the schedule %s; one schedule spans all phases: make the two equal"
                  .formatted(
                      phases.stream()
                          .map(phase -> number(phase.epochs()))
                          .collect(Collectors.joining(" + ")),
                      number(epochs),
                      number(scheduled))));
    }
    Optional<String> everywhere = new Chain(parameters.augment()).problem();
    everywhere.ifPresent(why -> problems.add(new Problem("augment", why)));
    for (int i = 0; i < phases.size(); i++) {
      Phase phase = phases.get(i);
      if (phase.augment().isPresent() || everywhere.isEmpty()) {
        String key = key(phase, "phases[" + i + "].");
        String in = "in phase " + (i + 1) + ", ";
        augment(parameters.during(phase))
            .ifPresent(why -> problems.add(new Problem(key, in + why)));
      }
    }
    return problems;
  }

  /** As text, whole numbers without a decimal point. */
  private static String number(double value) {
    double rounded = Math.rint(value / SAME) * SAME;
    return rounded == Math.rint(value)
        ? String.valueOf((long) rounded)
        : String.valueOf((float) rounded);
  }

  /** The key at which a problem with the transforms of a phase is to be fixed. */
  private static String key(Phase phase, String path) {
    if (phase.augment().isPresent()) {
      return path + "augment";
    }
    return phase.input().isPresent() ? path + "input" : "augment";
  }

  /**
   * Why the transforms can't give the size that the network takes, if that is clear without images.
   */
  static Optional<String> augment(TrainParameters parameters) {
    Chain chain = new Chain(parameters.augment());
    return parameters
        .input()
        .map(side -> chain.problemGiving(side, side))
        .orElseGet(chain::problem);
  }
}
