package io.millrace.jobs.engine;

import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.tensor.Minibatch;
import java.io.Serializable;

/**
 * One worker's minibatches of a round, and the account of what became of them. What steps takes one
 * after the other and tells of each before the next. Not for use by several threads.
 *
 * @param <R> the account
 */
public interface WorkerShare<R extends Serializable> extends AutoCloseable {
  /**
   * The next minibatch, valid until the one after it is asked for.
   *
   * @throws io.millrace.pipeline.CannotException if a shard is missing or damaged, or a picture
   *     can't be used
   */
  Minibatch next();

  /**
   * Tells that a step was taken on the minibatch at hand.
   *
   * @param found its measures before the step
   */
  void stepped(Measures found);

  /** Whether the loss is no number any more, so that there is no use in going on. */
  boolean diverged();

  /** What is to be said of the steps that were taken. */
  R report();

  @Override
  void close();

  /** Where a worker finds its share; it travels to the executors. */
  interface Source<R extends Serializable> extends Serializable {
    /**
     * How many minibatches a share has; 0 if the worker's part of the epoch was over before.
     *
     * @param worker counted from 0
     */
    int minibatches(int worker);

    /**
     * Opens a share.
     *
     * @param worker counted from 0
     */
    WorkerShare<R> of(int worker);
  }
}
