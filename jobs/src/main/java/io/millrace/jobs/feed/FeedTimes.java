package io.millrace.jobs.feed;

import java.io.Serializable;

/**
 * How a feed spent its time, in seconds. The first three are sums over the feed's threads, which
 * work while minibatches are in use.
 *
 * @param read waiting for row groups
 * @param decode decoding JPEG, PNG and WebP; 0 for raw pixels
 * @param augment everything else: transforms, normalising, targets
 * @param waited how long the feed's user waited for minibatches
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

  /** The sums of both. */
  public FeedTimes plus(FeedTimes other) {
    return new FeedTimes(
        read + other.read, decode + other.decode, augment + other.augment, waited + other.waited);
  }
}
