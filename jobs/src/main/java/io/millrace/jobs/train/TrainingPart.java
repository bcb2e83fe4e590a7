package io.millrace.jobs.train;

import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.Phases;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.schedule.SchedulePhase;
import java.util.ArrayList;
import java.util.List;

/**
 * Epochs of a training that have one dataset and one optimiser: the phases of the training, cut
 * where the schedule changes the optimiser.
 *
 * @param epochs that it lasts
 * @param parameters as they are in it
 * @param number of the phase that it is in, counted from 1
 */
record TrainingPart(double epochs, TrainParameters parameters, int number) {
  /** The tolerance for sums of decimal fractions. */
  private static final double SAME = 1e-9;

  /** All parts in their order, at least one. */
  static List<TrainingPart> of(TrainParameters parameters) {
    Schedule schedule = parameters.plannedSchedule();
    List<TrainingPart> parts = new ArrayList<>();
    double begin = 0;
    for (TrainingPart phase : phases(parameters, schedule)) {
      double end = begin + phase.epochs;
      double at = begin;
      for (Stretch stretch : stretches(parameters, schedule)) {
        double until = Math.min(stretch.end, end);
        if (until - at > SAME) {
          parts.add(
              new TrainingPart(
                  // A phase that is not cut keeps its exact length.
                  at == begin && end - until <= SAME ? phase.epochs : until - at,
                  stretch.changes ? phase.parameters.with(stretch.optimiser) : phase.parameters,
                  phase.number));
          at = until;
        }
      }
      begin = end;
    }
    return parts;
  }

  private static List<TrainingPart> phases(TrainParameters parameters, Schedule schedule) {
    if (parameters.phases().isEmpty()) {
      return List.of(new TrainingPart(schedule.epochs(), parameters, 1));
    }
    List<TrainingPart> phases = new ArrayList<>();
    for (Phase phase : parameters.phases()) {
      phases.add(new TrainingPart(phase.epochs(), parameters.during(phase), phases.size() + 1));
    }
    return phases;
  }

  /**
   * Neighbouring phases of a schedule with one optimiser.
   *
   * @param changes whether the schedule names it
   */
  private record Stretch(double end, Optimiser optimiser, boolean changes) {}

  private static List<Stretch> stretches(TrainParameters parameters, Schedule schedule) {
    List<Stretch> stretches = new ArrayList<>();
    double end = 0;
    List<SchedulePhase> phases = schedule instanceof Phases all ? all.phases() : List.of();
    for (SchedulePhase phase : phases) {
      end += phase.epochs();
      boolean changes = phase.optimiser().isPresent();
      Optimiser optimiser = phase.optimiser().orElse(parameters.optimiser());
      int last = stretches.size() - 1;
      if (last >= 0
          && stretches.get(last).optimiser.equals(optimiser)
          && stretches.get(last).changes == changes) {
        stretches.remove(last);
      }
      stretches.add(new Stretch(end, optimiser, changes));
    }
    // Also where there are no phases, and where sums of fractions differ in the last digit.
    if (stretches.isEmpty()) {
      return List.of(new Stretch(Double.MAX_VALUE, parameters.optimiser(), false));
    }
    Stretch last = stretches.remove(stretches.size() - 1);
    stretches.add(new Stretch(Double.MAX_VALUE, last.optimiser, last.changes));
    return stretches;
  }
}
