package io.millrace.jobs.train;

import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.optimiser.Hyper;

/** The work of each worker in the last phase of a training, to be tried without Spark. */
public final class Workload {
  private final TrainingPhase phase;
  private final Recipe recipe;
  private final Hyper gentle;

  private Workload(TrainingPhase phase, Recipe recipe, Hyper gentle) {
    this.phase = phase;
    this.recipe = recipe;
    this.gentle = gentle;
  }

  /**
   * Opens the inputs of the training.
   *
   * @param processors that Spark would give each of its tasks
   * @throws io.millrace.pipeline.CannotException if the dataset, the statistics, the transforms and
   *     the architecture are not there or don't fit one another
   */
  public static Workload of(TrainParameters parameters, int processors) {
    ClassifierPlan plan = Planning.of(TrainingInputs.open(parameters));
    return new Workload(
        plan.plan().last(), plan.last().recipe().withProcessors(processors), new Hyper(0, 0));
  }

  /** The recipe of its minibatches. */
  public Recipe recipe() {
    return recipe;
  }

  /** Images in a minibatch of a worker. */
  public int batch() {
    return phase.rounds().batch();
  }

  /** How many workers there are. */
  public int workers() {
    return phase.rounds().workers();
  }

  /** A learner of the training, from its first weights. */
  public Learner learner() {
    return phase.learner().learner();
  }

  /** Hyper-parameters that do not change the weights, so that nothing can diverge. */
  public Hyper still() {
    return gentle;
  }
}
