package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.Schedule;
import java.util.List;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Deeplearning4j's counterparts of our optimisers. */
final class Updaters {
  private Updaters() {}

  /** Whether there is a counterpart. */
  static boolean has(Optimiser optimiser) {
    return optimiser instanceof Optimiser.Sgd || optimiser instanceof Optimiser.Adam;
  }

  /**
   * The updater for the steps of one round.
   *
   * @param schedule of the whole training: if it never has momentum, no momentum is stored
   * @param first the round's first step, counted from the training's beginning
   * @param hypers of its steps
   */
  static IUpdater updater(Optimiser optimiser, Schedule schedule, int first, List<Hyper> hypers) {
    RoundSchedule rates =
        new RoundSchedule(first, hypers.stream().map(Hyper::learningRate).toList());
    if (optimiser instanceof Optimiser.Adam adam) {
      return Adam.builder()
          .learningRate(Double.NaN)
          .learningRateSchedule(rates)
          .beta1(schedule.highestMomentum())
          .beta2(adam.beta2())
          .epsilon(adam.eps())
          .build();
    }
    if (!(optimiser instanceof Optimiser.Sgd)) {
      throw new IllegalArgumentException(
          "Cannot train by dl4j-spark with " + optimiser + ": it can do only sgd and adam");
    }
    if (schedule.highestMomentum() == 0) {
      return new Sgd(rates);
    }
    return new Nesterovs(
        rates, new RoundSchedule(first, hypers.stream().map(Hyper::momentum).toList()));
  }
}
