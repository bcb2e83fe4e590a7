package io.millrace.jobs.augment;

import java.nio.charset.StandardCharsets;

/**
 * All that is random about one image in one epoch: a pure function of (seed, epoch, image id,
 * position in the chain, number of the draw), never of a thread, a partition or the clock.
 *
 * <p>The contract, which later transforms must keep: words are absorbed one after the other by
 * {@code s' = mix((s ^ word) + 0x9E3779B97F4A7C15)}, where {@code mix} is the finaliser of
 * SplitMix64 (Steele, Lea and Flood 2014) and s starts at 0. The words are seed, epoch, the id's
 * hash, position, number. The id's hash is FNV-1a of 64 bits over its UTF-8 bytes. A number below n
 * is the high word of the unsigned product of the bits and n; a coin is the highest bit.
 *
 * @param key of (seed, epoch, image id)
 */
public record Draws(long key) {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final char LAST_ASCII = 0x7F;
  private static final long FNV_BASIS = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  /**
   * @param seed of the training
   * @param epoch counted from 0
   * @param idHash of the image, from {@link #idHash}
   */
  public static Draws of(long seed, int epoch, long idHash) {
    return new Draws(absorb(absorb(absorb(0, seed), epoch), idHash));
  }

  /** The hash of an image's id that {@link #of} takes. */
  public static long idHash(String id) {
    long hash = FNV_BASIS;
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c > LAST_ASCII) {
        return idHash(id.getBytes(StandardCharsets.UTF_8));
      }
      hash = (hash ^ c) * FNV_PRIME;
    }
    return hash;
  }

  private static long idHash(byte[] utf8) {
    long hash = FNV_BASIS;
    for (byte b : utf8) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }

  /** The next state after a word: how every key in Millrace's draws and orders is made. */
  public static long absorb(long state, long word) {
    long z = (state ^ word) + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * A number of 0..bound-1 from 64 random bits.
   *
   * @param bound at least 1
   */
  public static int below(long bits, int bound) {
    long high = Math.multiplyHigh(bits, bound);
    return (int) (bits < 0 ? high + bound : high);
  }

  /** A number of 0..1, 1 excluded, from 64 random bits. */
  public static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /** The 64 bits of draw {@code number} of the transform at {@code position} in the chain. */
  public long bits(int position, int number) {
    return absorb(absorb(key, position), number);
  }

  /** A draw of 0..bound-1. */
  public int below(int position, int number, int bound) {
    return below(bits(position, number), bound);
  }

  /** A draw that is true half of the time. */
  public boolean coin(int position, int number) {
    return bits(position, number) < 0;
  }
}
