package io.millrace.jobs.augment;

import io.millrace.jobs.random.Bits;

/**
 * All that is random about one image in one epoch: a pure function of (seed, epoch, image id,
 * position in the chain, number of the draw), never of a thread, a partition or the clock.
 *
 * <p>The contract, which later transforms must keep: the words that {@link Bits} absorbs are seed,
 * epoch, the id's hash, position, number; a coin is the highest bit.
 *
 * @param key of (seed, epoch, image id)
 */
public record Draws(long key) {

  /**
   * @param seed of the training
   * @param epoch counted from 0
   * @param idHash of the image, from {@link Bits#idHash}
   */
  public static Draws of(long seed, int epoch, long idHash) {
    return new Draws(Bits.absorb(Bits.absorb(Bits.absorb(0, seed), epoch), idHash));
  }

  /** The 64 bits of draw {@code number} of the transform at {@code position} in the chain. */
  public long bits(int position, int number) {
    return Bits.absorb(Bits.absorb(key, position), number);
  }

  /** A draw of 0..bound-1. */
  public int below(int position, int number, int bound) {
    return Bits.below(bits(position, number), bound);
  }

  /** A draw that is true half of the time. */
  public boolean coin(int position, int number) {
    return bits(position, number) < 0;
  }
}
