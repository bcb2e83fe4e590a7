package io.millrace.jobs.image.resample;

import java.util.Arrays;

/**
 * The weights of one axis of an antialiased triangle filter, in fixed point, the same as in
 * Pillow's {@code Resample.c} for BILINEAR.
 *
 * @param first source index of each output's first weight
 * @param count weights of each output
 * @param weights {@code longest} places for each output; those beyond its count are 0
 * @param longest 3, or a multiple of {@link #AT_ONCE}
 */
record Taps(int[] first, int[] count, int[] weights, int longest) {
  /** Fraction bits: 32 minus 8 for a pixel and 2 spare ones. */
  static final int BITS = 22;

  /** How many weights one step of the loop handles. */
  static final int AT_ONCE = 4;

  private static final int LEAST = 3;

  /** The same with source indices counted from {@code start}. */
  Taps from(int start) {
    return new Taps(Arrays.stream(first).map(i -> i - start).toArray(), count, weights, longest);
  }

  /** After the last source index that output {@code i} needs. */
  int end(int i) {
    return first[i] + count[i];
  }

  /** After the last source index that any output needs. */
  int end() {
    return end(first.length - 1);
  }

  /**
   * @param in source length
   * @param out length after scaling
   * @param from first output wanted
   * @param wanted how many outputs are wanted
   */
  static Taps of(int in, int out, int from, int wanted) {
    double scale = (double) in / out;
    double support = Math.max(1, scale);
    double step = 1 / support;
    int[] first = new int[wanted];
    int[] count = new int[wanted];
    int most = 0;
    for (int i = 0; i < wanted; i++) {
      double center = (from + i + 0.5) * scale;
      first[i] = Math.max(0, (int) (center - support + 0.5));
      count[i] = Math.min(in, (int) (center + support + 0.5)) - first[i];
      most = Math.max(most, count[i]);
    }
    int longest = most <= LEAST ? LEAST : (most + AT_ONCE - 1) / AT_ONCE * AT_ONCE;
    int[] weights = new int[wanted * longest];
    double[] exact = new double[longest];
    for (int i = 0; i < wanted; i++) {
      double center = (from + i + 0.5) * scale;
      double sum = 0;
      for (int x = 0; x < count[i]; x++) {
        exact[x] = Math.max(0, 1 - Math.abs((first[i] + x - center + 0.5) * step));
        sum += exact[x];
      }
      for (int x = 0; x < count[i]; x++) {
        weights[i * longest + x] = (int) (0.5 + exact[x] / sum * (1 << BITS));
      }
    }
    return new Taps(first, count, weights, longest);
  }
}
