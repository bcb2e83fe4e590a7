package io.millrace.jobs.feed;

/**
 * Time that making minibatches took, in nanoseconds, summed over threads.
 *
 * @param read waiting for row groups
 * @param decode decoding JPEG, PNG and WebP
 * @param augment everything else
 */
record Spent(long read, long decode, long augment) {
  static final Spent NONE = new Spent(0, 0, 0);

  Spent plus(Spent other) {
    return new Spent(read + other.read, decode + other.decode, augment + other.augment);
  }
}
