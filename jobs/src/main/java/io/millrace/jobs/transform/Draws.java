package io.millrace.jobs.transform;

import io.millrace.jobs.random.Bits;
import io.millrace.pipeline.job.Interval;

/**
 * All that is random about one image in one epoch: a pure function of (seed, epoch, image id,
 * position in the chain, number of the draw), never of a thread, a partition or the clock.
 *
 * <p>Later transforms must keep this contract: the words that {@link Bits} absorbs are seed, epoch,
 * the id's hash, position, number; a coin is the highest bit.
 *
 * @param key of (seed, epoch, image id)
 * @param shared the same for all images of a minibatch; the key itself where there is none
 */
public record Draws(long key, long shared) {
  /** The whole range of {@link #place}. */
  static final Interval ANYWHERE = Interval.of(0, 1);

  /** Positions are never negative, so that keys inside a transform differ from all others. */
  private static final long INSIDE = -1;

  /** Makes the draws of a minibatch independent of those of the images. */
  private static final long MINIBATCH = 0x4D494E49L;

  /** Draws of an image alone. */
  public Draws(long key) {
    this(key, key);
  }

  /**
   * @param seed of the training
   * @param epoch counted from 0
   * @param idHash of the image, from {@link Bits#idHash}
   */
  public static Draws of(long seed, int epoch, long idHash) {
    return new Draws(Bits.absorb(Bits.absorb(Bits.absorb(0, seed), epoch), idHash));
  }

  /**
   * The draws of an image of a minibatch.
   *
   * @param first the minibatch's first position in the epoch
   */
  public Draws inMinibatch(long seed, int epoch, long first) {
    long minibatch = Bits.absorb(Bits.absorb(Bits.absorb(MINIBATCH, seed), epoch), first);
    return new Draws(key, minibatch);
  }

  /** The draws that all images of the minibatch have. */
  Draws ofMinibatch() {
    return new Draws(shared, shared);
  }

  /** The 64 bits of draw {@code number} of the transform at {@code position} in the chain. */
  public long bits(int position, int number) {
    return Bits.absorb(Bits.absorb(key, position), number);
  }

  /** A draw of 0..bound-1. */
  public int below(int position, int number, int bound) {
    return Bits.below(bits(position, number), bound);
  }

  /** A draw that is true with a probability. */
  public boolean happens(int position, int number, double probability) {
    return Bits.unit(bits(position, number)) >= 1 - probability;
  }

  /** A number of an interval. */
  public double between(int position, int number, Interval interval) {
    double part = Bits.unit(bits(position, number));
    return interval.from() + part * (interval.to() - interval.from());
  }

  /** A whole number of an interval of whole numbers, both ends included. */
  public int count(int position, int number, Interval interval) {
    int from = (int) interval.from();
    return from + below(position, number, (int) interval.to() - from + 1);
  }

  /**
   * A whole number of 0..room, both ends included, all equally likely.
   *
   * @param within the part of the room that is drawn from, of 0..1
   */
  public int place(int position, int number, Interval within, int room) {
    int from = (int) Math.rint(within.from() * room);
    int to = (int) Math.rint(within.to() * room);
    return from + below(position, number, to - from + 1);
  }

  /** The draws for the parts of a composite transform. */
  public Draws inside(int position) {
    return new Draws(inside(key, position), inside(shared, position));
  }

  private static long inside(long key, int position) {
    return Bits.absorb(Bits.absorb(key, position), INSIDE);
  }
}
