package io.millrace.jobs.feed;

import io.millrace.jobs.cache.CacheLimits;
import java.io.Serializable;

/**
 * What a feed may take. Nothing of it changes the minibatches.
 *
 * @param threads that decode and augment, at least 1; one more reads
 * @param limits of the caches
 */
public record Feeding(int threads, CacheLimits limits) implements Serializable {
  /** One thread, and the caches' defaults. */
  public static final Feeding PLAIN = new Feeding(1, CacheLimits.DEFAULT);
}
