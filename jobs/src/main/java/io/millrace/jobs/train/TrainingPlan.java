package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Learner;
import io.millrace.jobs.engine.SupervisedLearner;
import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.schedule.Schedule;
import java.io.Serializable;

/**
 * All that a worker must know of a training, the same in every round.
 *
 * @param recipe of the minibatches
 * @param rounds of an epoch
 * @param schedule of the whole training
 * @param trainee what is trained
 */
record TrainingPlan(Recipe recipe, Rounds rounds, Schedule schedule, Trainee trainee)
    implements Serializable {
  /** The hyper-parameters of step {@code step} of an epoch, both counted from 0. */
  Hyper hyper(int epoch, long step) {
    double seen = (double) epoch * rounds.images() + rounds.seenBefore(step);
    return schedule.at(seen / ((double) schedule.epochs() * rounds.images()));
  }

  /**
   * What is trained; equal ones can take each other's place once they are restored.
   *
   * @param engine its name
   * @param threads native threads
   * @param seed of the initial weights
   */
  record Trainee(String engine, Blueprint blueprint, Optimiser optimiser, int threads, long seed)
      implements Serializable {
    Learner learner() {
      return new SupervisedLearner(
          Engines.named(engine).network(blueprint, threads, seed), optimiser);
    }
  }
}
