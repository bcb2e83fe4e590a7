package io.millrace.jobs.engine;

import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;

/** What averaging, checkpoints and resume know of training. Not for use by several threads. */
public interface Learner extends AutoCloseable {
  /**
   * One step.
   *
   * @return what the pass before the step found
   */
  Pass step(Minibatch batch, Hyper hyper);

  /** Class probabilities {@code [N, classes]}, row-major. */
  float[] predict(Minibatch batch);

  /** Everything, copied: restoring it in another JVM goes on with the same bits. */
  State state();

  /** Goes back (or on) to that state. */
  void restore(State state);

  @Override
  void close();
}
