package io.millrace.jobs.feed;

import java.io.Serializable;

/**
 * Where a feed's time went, in seconds. The first three were spent by the feed's own threads,
 * summed over them, while minibatches were in use.
 *
 * @param read waiting for row groups, on whichever thread they were read
 * @param decode taking pictures out of JPEG, PNG and WebP; 0 for raw pixels
 * @param augment all else that makes a minibatch: placing, normalising, targets
 * @param waited that the user of the feed waited for a minibatch
 */
public record FeedTimes(double read, double decode, double augment, double waited)
    implements Serializable {
  /** No time at all. */
  public static final FeedTimes NONE = new FeedTimes(0, 0, 0, 0);

  private static final double NANOS = 1e9;

  /**
   * @param waited in nanoseconds
   */
  static FeedTimes of(Spent spent, long waited) {
    return new FeedTimes(
        spent.read() / NANOS, spent.decode() / NANOS, spent.augment() / NANOS, waited / NANOS);
  }

  /** Both together. */
  public FeedTimes plus(FeedTimes other) {
    return new FeedTimes(
        read + other.read, decode + other.decode, augment + other.augment, waited + other.waited);
  }
}
