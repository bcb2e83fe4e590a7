package io.millrace.jobs.feed;

import io.millrace.jobs.tensor.Minibatch;

/** Prefetched minibatches, one after the other. Not for use by several threads. */
public interface Minibatches extends AutoCloseable {
  /**
   * Whether there is another minibatch; waits until that is known.
   *
   * @throws io.millrace.pipeline.CannotException if a shard is missing or damaged, or an example
   *     can't be used; the message names it
   */
  boolean hasNext();

  /**
   * The next minibatch; the one before it is no longer valid.
   *
   * @throws java.util.NoSuchElementException at the end
   * @throws io.millrace.pipeline.CannotException as {@link #hasNext}
   */
  Minibatch next();

  /** The time spent so far; its parts overlap. */
  FeedTimes times();

  @Override
  void close();
}
