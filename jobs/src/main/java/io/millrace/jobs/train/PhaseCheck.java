package io.millrace.jobs.train;

import io.millrace.jobs.augment.Chain;
import io.millrace.pipeline.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is wrong with a training's phases, as far as the configuration alone shows it. */
final class PhaseCheck {
  private PhaseCheck() {}

  /** The problems of all phases, each at the most particular key. */
  static List<Problem> of(TrainParameters parameters, List<Phase> phases) {
    List<Problem> problems = new ArrayList<>();
    long epochs = phases.stream().mapToLong(Phase::epochs).sum();
    if (epochs != parameters.schedule().epochs()) {
      problems.add(
          new Problem(
              "phases",
              "they last %s = %d epochs and the schedule %d; one schedule spans all phases: make the two equal"
                  .formatted(
                      phases.stream()
                          .map(phase -> String.valueOf(phase.epochs()))
                          .collect(Collectors.joining(" + ")),
                      epochs,
                      parameters.schedule().epochs())));
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

  /** Where what is wrong with the transforms of a phase is to be mended. */
  private static String key(Phase phase, String path) {
    if (phase.augment().isPresent()) {
      return path + "augment";
    }
    return phase.input().isPresent() ? path + "input" : "augment";
  }

  /** Why the transforms can't give what the network takes, if that can be told without images. */
  static Optional<String> augment(TrainParameters parameters) {
    Chain chain = new Chain(parameters.augment());
    return parameters
        .input()
        .map(side -> chain.problemGiving(side, side))
        .orElseGet(chain::problem);
  }
}
