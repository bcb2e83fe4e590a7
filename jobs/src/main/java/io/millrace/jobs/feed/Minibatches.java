package io.millrace.jobs.feed;

import io.millrace.jobs.tensor.Minibatch;

/** Minibatches one after the other, made ahead of use. Not for use by several threads. */
public interface Minibatches extends AutoCloseable {
  /**
   * Whether {@link #next} has another minibatch; waits until that is known.
   *
   * @throws io.millrace.pipeline.CannotException if a shard is missing or damaged, or an example
   *     can't be used, naming it
   */
  boolean hasNext();

  /**
   * The next minibatch; the one before it is no longer valid.
   *
   * @throws java.util.NoSuchElementException at the end
   * @throws io.millrace.pipeline.CannotException as {@link #hasNext}
   */
  Minibatch next();

  /** What the minibatches up to the next one have cost, in part at the same time. */
  FeedTimes times();

  @Override
  void close();
}
