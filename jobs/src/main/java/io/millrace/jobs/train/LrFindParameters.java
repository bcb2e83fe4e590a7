package io.millrace.jobs.train;

import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.schedule.Decay;
import io.millrace.jobs.schedule.Phases;
import io.millrace.jobs.schedule.SchedulePhase;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Keys;
import java.util.List;
import java.util.Optional;

/** The keys of a search for a learning rate: those of a training, and the range of rates. */
public record LrFindParameters(
    @Keys TrainParameters training,
    @Key(value = "first learning rate", or = "1e-6", min = 1e-30) double from,
    @Key(value = "last learning rate", or = "10", min = 1e-30) double to,
    @Key(value = "how many steps, each with another rate", or = "100", min = 30, counts = "steps")
        int steps,
    @Key(value = "how the rate rises: exponential or linear", or = "exponential") Shape shape) {
  private static final double MOMENTUM = 0.9;

  /** How the learning rate rises. */
  public enum Shape {
    /** By the same factor in every step. */
    EXPONENTIAL,
    /** By the same amount in every step. */
    LINEAR
  }

  /**
   * @throws IllegalArgumentException if the last rate is not above the first
   */
  public LrFindParameters {
    if (to <= from) {
      throw new IllegalArgumentException(
          "Cannot try learning rates from %s to %s: give a last one above the first"
              .formatted(from, to));
    }
  }

  /**
   * The training of the search: the weights are averaged after every step.
   *
   * @param epochs that its steps take
   */
  TrainParameters swept(double epochs) {
    Decay rise = shape == Shape.LINEAR ? new Decay.Linear() : new Decay.Exponential();
    SchedulePhase all =
        new SchedulePhase(
            epochs,
            List.of(from, to),
            Optional.of(rise),
            List.of(MOMENTUM),
            Optional.empty(),
            Optional.empty());
    return training.with(new Phases(List.of(all)), new Averaging(1));
  }
}
