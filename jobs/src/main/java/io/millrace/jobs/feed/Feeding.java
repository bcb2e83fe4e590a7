package io.millrace.jobs.feed;

import io.millrace.jobs.cache.CacheLimits;
import io.millrace.jobs.spark.SharedSpark;
import java.io.Serializable;

/**
 * What a feed may take. Nothing of it changes the minibatches.
 *
 * @param threads that decode and augment; one more reads. {@link #AS_THE_TASK} = as many as Spark
 *     has set aside for the task that it is in
 * @param limits of the caches
 */
public record Feeding(int threads, CacheLimits limits) implements Serializable {
  /** As many threads as the task has processors. */
  public static final int AS_THE_TASK = 0;

  /** One thread, and the caches' defaults. */
  public static final Feeding PLAIN = new Feeding(1, CacheLimits.DEFAULT);

  /** Threads that decode and augment, known. */
  public int threadsHere() {
    return threads == AS_THE_TASK ? SharedSpark.processorsOfTask() : threads;
  }
}
