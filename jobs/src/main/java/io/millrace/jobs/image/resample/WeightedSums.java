package io.millrace.jobs.image.resample;

import java.util.Arrays;

/**
 * Weighted sums of packed lines with four levels in an int. The JIT compiler turns shifts, masks
 * and products over whole arrays into vector instructions, but not work on single bytes or on one
 * array at several offsets.
 */
final class WeightedSums {
  /** Levels in an int of a line. */
  static final int PACKED = Integer.BYTES;

  private static final int HALF = 1 << (Taps.BITS - 1);
  private static final int LEVEL = 0xFF;

  private final int[][] sums;

  /**
   * @param ints in each line
   */
  WeightedSums(int ints) {
    sums = new int[PACKED][ints];
  }

  /** How many ints are needed for so many levels. */
  static int ints(int levels) {
    return (levels + PACKED - 1) / PACKED;
  }

  /**
   * Sums the lines that one output needs, rounded to levels.
   *
   * @param lines where line i is at i modulo their number
   * @param output which of the taps' outputs
   * @param into the sum
   */
  void sum(int[][] lines, Taps taps, int output, int[] into) {
    int[] weights = taps.weights();
    int weight = output * taps.longest();
    int end = weight + taps.count()[output];
    int line = taps.first()[output];
    if (taps.longest() < Taps.AT_ONCE) {
      int[] a = lines[line % lines.length];
      int[] b = lines[(line + 1) % lines.length];
      int[] c = lines[(line + 2) % lines.length];
      for (int i = 0; i < PACKED; i++) {
        three(a, b, c, weights, weight, i * Byte.SIZE, sums[i]);
      }
    } else {
      for (int[] sum : sums) {
        Arrays.fill(sum, HALF);
      }
      for (; weight < end; weight += Taps.AT_ONCE, line += Taps.AT_ONCE) {
        int[] a = lines[line % lines.length];
        int[] b = lines[(line + 1) % lines.length];
        int[] c = lines[(line + 2) % lines.length];
        int[] d = lines[(line + 3) % lines.length];
        for (int i = 0; i < PACKED; i++) {
          four(a, b, c, d, weights, weight, i * Byte.SIZE, sums[i]);
        }
      }
    }
    pack(into);
  }

  private static void three(int[] a, int[] b, int[] c, int[] weights, int at, int shift, int[] to) {
    int w0 = weights[at];
    int w1 = weights[at + 1];
    int w2 = weights[at + 2];
    for (int i = 0; i < to.length; i++) {
      to[i] =
          (a[i] >>> shift & LEVEL) * w0
              + (b[i] >>> shift & LEVEL) * w1
              + (c[i] >>> shift & LEVEL) * w2
              + HALF;
    }
  }

  private static void four(
      int[] a, int[] b, int[] c, int[] d, int[] weights, int at, int shift, int[] to) {
    int w0 = weights[at];
    int w1 = weights[at + 1];
    int w2 = weights[at + 2];
    int w3 = weights[at + 3];
    for (int i = 0; i < to.length; i++) {
      to[i] +=
          (a[i] >>> shift & LEVEL) * w0
              + (b[i] >>> shift & LEVEL) * w1
              + (c[i] >>> shift & LEVEL) * w2
              + (d[i] >>> shift & LEVEL) * w3;
    }
  }

  private void pack(int[] into) {
    int[] a = sums[0];
    int[] b = sums[1];
    int[] c = sums[2];
    int[] d = sums[3];
    for (int i = 0; i < into.length; i++) {
      into[i] =
          a[i] >>> Taps.BITS
              | b[i] >>> Taps.BITS << 8
              | c[i] >>> Taps.BITS << 16
              | d[i] >>> Taps.BITS << 24;
    }
  }
}
