package io.millrace.jobs.learner;

import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;

/**
 * What is trained: a state of named tensors that changes with every step. Averaging, checkpoints
 * and resume use it by this interface alone. Not for use by several threads.
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

  /**
   * A copy of the whole state. A learner that is restored from it, in any JVM, continues bit for
   * bit.
   */
  State state();

  /**
   * Takes over that state, an earlier or a later one.
   *
   * @throws IllegalArgumentException if tensors are missing, surplus or of other shapes, with all
   *     differences
   */
  void restore(State state);

  @Override
  void close();
}
