package io.millrace.jobs.schedule;

import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.pipeline.job.Key;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A part of a training with its own learning rate, momentum and optimiser: fast.ai's {@code
 * TrainingPhase} (course of 2018, lesson 13).
 */
public record SchedulePhase(
    @Key(value = "epochs that it lasts; fractions are allowed, e.g. 0.5", min = 0.001)
        double epochs,
    @Key("learning rate, or [first, last]; the last is 0 if only a decay is given") List<Double> lr,
    @Key("the curve from the first to the last learning rate; linear if only both are given")
        Optional<Decay> decay,
    @Key(value = "momentum (Adam: beta 1), or [first, last]", or = "0.9") List<Double> momentum,
    @Key("the curve from the first to the last momentum; that of the learning rate if not given")
        Optional<Decay> momentumDecay,
    @Key("how gradients change the weights; the stage's if not given")
        Optional<Optimiser> optimiser)
    implements Serializable {
  /**
   * @throws IllegalArgumentException if a rate or a momentum is not one or two numbers in its
   *     range, or the decay has no curve between them
   */
  public SchedulePhase {
    lr = Rates.learningRate(lr);
    momentum = Rates.momentum(momentum);
    check(annealing(lr, decay));
    check(annealing(momentum, ofMomentum(momentum, momentumDecay, decay)));
  }

  private static void check(Annealing annealing) {
    annealing
        .decay()
        .refusal(annealing.from(), annealing.to())
        .ifPresent(
            why -> {
              throw new IllegalArgumentException("Cannot train the phase: " + why);
            });
  }

  /** Adds it to others. */
  void addTo(Segments segments) {
    segments.add(
        epochs,
        annealing(lr, decay),
        annealing(momentum, ofMomentum(momentum, momentumDecay, decay)));
  }

  private static Optional<Decay> ofMomentum(
      List<Double> momentum, Optional<Decay> own, Optional<Decay> ofRate) {
    return own.isPresent() || momentum.size() == 1 ? own : ofRate;
  }

  private static Annealing annealing(List<Double> values, Optional<Decay> decay) {
    double first = Rates.first(values);
    if (values.size() == 1 && decay.isEmpty()) {
      return Annealing.constant(first);
    }
    return new Annealing(first, Rates.last(values, 0), decay.orElseGet(Decay.Linear::new));
  }

  /** Its form on the way to executors, since Java does not serialise an Optional. */
  private Object writeReplace() {
    return new Sent(
        epochs,
        lr,
        decay.orElse(null),
        momentum,
        momentumDecay.orElse(null),
        optimiser.orElse(null));
  }

  private record Sent(
      double epochs,
      List<Double> lr,
      Decay decay,
      List<Double> momentum,
      Decay momentumDecay,
      Optimiser optimiser)
      implements Serializable {
    private Object readResolve() {
      return new SchedulePhase(
          epochs,
          lr,
          Optional.ofNullable(decay),
          momentum,
          Optional.ofNullable(momentumDecay),
          Optional.ofNullable(optimiser));
    }
  }
}
