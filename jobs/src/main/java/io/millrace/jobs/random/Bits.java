package io.millrace.jobs.random;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Random bits as a pure function of words. Words are absorbed one after the other by {@code s' =
 * mix((s ^ word) + 0x9E3779B97F4A7C15)}, where {@code mix} is the finaliser of SplitMix64 (Steele,
 * Lea and Flood 2014) and s starts at 0. The hash of an id is FNV-1a of 64 bits over its UTF-8
 * bytes.
 */
public final class Bits {
  static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final char LAST_ASCII = 0x7F;
  private static final long FNV_BASIS = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private Bits() {}

  /** The hash of an image's id. */
  public static long idHash(String id) {
    long hash = FNV_BASIS;
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c > LAST_ASCII) {
        return idHash(id.getBytes(UTF_8));
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

  /** The next state after a word; every key of Millrace's draws and orders is made by it. */
  public static long absorb(long state, long word) {
    return mix((state ^ word) + GOLDEN_GAMMA);
  }

  /** The finaliser of SplitMix64. */
  static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * A number of 0..bound-1 from 64 random bits: the high word of the unsigned product of the two.
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
}
