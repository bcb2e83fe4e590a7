package io.millrace.jobs.engine;

import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.tensor.Minibatch;
import java.io.Serializable;

/**
 * One worker's minibatches of a round, and a report on its steps. The caller takes a minibatch,
 * steps, calls {@link #stepped}, and only then takes the next. Not for use by several threads.
 *
 * @param <R> the report
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
   * Records that a step was taken on the current minibatch.
   *
   * @param found its measures before the step
   */
  void stepped(Measures found);

  /** Whether the loss is not finite, so that training must stop. */
  boolean diverged();

  /** The report on the steps that were taken. */
  R report();

  @Override
  void close();

  /** Opens the shares of workers; it is sent to the executors. */
  interface Source<R extends Serializable> extends Serializable {
    /**
     * How many minibatches a share has; 0 if the worker's part of the epoch has already ended.
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
