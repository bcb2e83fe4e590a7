package io.millrace.jobs.learner;

import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;

/**
 * What averaging, checkpoints and resume know of training: a state of named tensors that moves with
 * every step. Not for use by several threads.
 */
public interface Learner extends AutoCloseable {
  /**
   * One step.
   *
   * @return sums over the minibatch, found before the step; if one is not finite, training has
   *     diverged and no step was taken
   */
  Measures step(Minibatch batch, Hyper hyper);

  /**
   * Measures without learning, in prediction mode.
   *
   * @throws io.millrace.pipeline.CannotException if an example can't be judged, naming it
   */
  Measures measure(Minibatch batch);

  /** Everything, copied: restoring it in another JVM goes on with the same bits. */
  State state();

  /**
   * Goes back (or on) to that state.
   *
   * @throws IllegalArgumentException if tensors are missing, surplus or of other shapes, with all
   *     differences
   */
  void restore(State state);

  @Override
  void close();
}
