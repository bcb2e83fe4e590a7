package io.millrace.jobs.feed;

import io.millrace.jobs.cache.CacheLimits;
import io.millrace.jobs.spark.SharedSpark;
import java.io.Serializable;

/**
 * The threads and memory of a feed. They do not change the minibatches.
 *
 * @param threads that decode and augment; one more reads. {@link #AS_THE_TASK} = as many processors
 *     as Spark gives its task
 * @param limits of the caches
 */
public record Feeding(int threads, CacheLimits limits) implements Serializable {
  /** As many threads as the task has processors. */
  public static final int AS_THE_TASK = 0;

  /** One thread, and the caches' defaults. */
  public static final Feeding PLAIN = new Feeding(1, CacheLimits.DEFAULT);

  /** The number of threads that decode and augment in this task. */
  public int threadsHere() {
    return threads == AS_THE_TASK ? SharedSpark.processorsOfTask() : threads;
  }
}
