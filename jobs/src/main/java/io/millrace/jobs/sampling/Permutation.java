package io.millrace.jobs.sampling;

import io.millrace.jobs.random.Bits;

/** Fisher and Yates's permutations, drawn from SplitMix64. */
final class Permutation {
  private Permutation() {}

  /** A permutation of 0..length-1 as a pure function of its length and 64 bits. */
  static int[] of(int length, long key) {
    int[] permutation = new int[length];
    for (int i = 0; i < length; i++) {
      int j = Bits.below(Bits.absorb(key, i), i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
    return permutation;
  }
}
