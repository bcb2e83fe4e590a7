package io.millrace.jobs.averaging;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Learner;
import io.millrace.jobs.engine.SupervisedLearner;
import io.millrace.jobs.optimiser.Optimiser;
import java.io.Serializable;

/**
 * What is trained; equal ones can take each other's place once they are restored.
 *
 * @param engine its name
 * @param blueprint of the network
 * @param optimiser of its weights
 * @param threads native threads
 * @param seed of the initial weights
 */
public record Trainee(
    String engine, Blueprint blueprint, Optimiser optimiser, int threads, long seed)
    implements Serializable {
  /** A new one, in its first state; to be closed. */
  public Learner learner() {
    return new SupervisedLearner(
        Engines.named(engine).network(blueprint, threads, seed), optimiser);
  }

  /** What the learners of the task on this thread compute on. */
  String device() {
    return Engines.named(engine).device();
  }
}
