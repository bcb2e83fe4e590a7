package io.millrace.jobs.image;

/**
 * Narrows two rows at once: the levels of both stand in the halves of a long, so that one
 * multiplication, of which a core does one a cycle, serves both. Sums stay below 2^31, so that none
 * carries into the other half.
 */
final class RowPair {
  private static final int HALF = 1 << (Taps.BITS - 1);
  private static final long HALVES = HALF | (long) HALF << Integer.SIZE;
  private static final int RGB = 3;

  private final Rows rows;
  private final Taps taps;
  private final int channels;
  private final byte[] upper;
  private final byte[] lower;
  private final long[] both;

  RowPair(Rows rows, Taps taps) {
    this.rows = rows;
    this.taps = taps;
    this.channels = rows.channels();
    this.upper = new byte[rows.width() * channels];
    this.lower = new byte[rows.width() * channels];
    // Weights of 0 may reach beyond the row's end.
    this.both = new long[(rows.width() + taps.longest()) * channels];
  }

  /**
   * Narrows row {@code y} and the one below it, if there is one.
   *
   * @param above takes row y as planes of levels
   * @param below takes the other
   */
  void narrow(int y, int[] above, int[] below) {
    rows.row(y, upper);
    if (y + 1 < rows.height()) {
      rows.row(y + 1, lower);
    }
    for (int i = 0; i < upper.length; i++) {
      both[i] = (upper[i] & 0xFF) | (long) (lower[i] & 0xFF) << Integer.SIZE;
    }
    if (channels != RGB) {
      gray(above, below);
    } else if (taps.longest() < Taps.AT_ONCE) {
      three(above, below);
    } else {
      many(above, below);
    }
  }

  private void many(int[] above, int[] below) {
    int columns = taps.first().length;
    int[] weights = taps.weights();
    for (int x = 0; x < columns; x++) {
      long red = HALVES;
      long green = HALVES;
      long blue = HALVES;
      int at = taps.first()[x] * RGB;
      int weight = x * taps.longest();
      // Constant offsets let the compiler check bounds once for all of them.
      for (int end = weight + taps.count()[x];
          weight < end;
          weight += Taps.AT_ONCE, at += Taps.AT_ONCE * RGB) {
        long w0 = weights[weight];
        long w1 = weights[weight + 1];
        long w2 = weights[weight + 2];
        long w3 = weights[weight + 3];
        red += both[at] * w0 + both[at + 3] * w1 + both[at + 6] * w2 + both[at + 9] * w3;
        green += both[at + 1] * w0 + both[at + 4] * w1 + both[at + 7] * w2 + both[at + 10] * w3;
        blue += both[at + 2] * w0 + both[at + 5] * w1 + both[at + 8] * w2 + both[at + 11] * w3;
      }
      put(red, x, above, below);
      put(green, x + columns, above, below);
      put(blue, x + 2 * columns, above, below);
    }
  }

  /** The commonest case, a photograph brought to about two thirds or more, without a loop. */
  private void three(int[] above, int[] below) {
    int columns = taps.first().length;
    int[] weights = taps.weights();
    for (int x = 0; x < columns; x++) {
      int at = taps.first()[x] * RGB;
      long w0 = weights[x * 3];
      long w1 = weights[x * 3 + 1];
      long w2 = weights[x * 3 + 2];
      put(both[at] * w0 + both[at + 3] * w1 + both[at + 6] * w2 + HALVES, x, above, below);
      put(
          both[at + 1] * w0 + both[at + 4] * w1 + both[at + 7] * w2 + HALVES,
          x + columns,
          above,
          below);
      put(
          both[at + 2] * w0 + both[at + 5] * w1 + both[at + 8] * w2 + HALVES,
          x + 2 * columns,
          above,
          below);
    }
  }

  private void gray(int[] above, int[] below) {
    for (int x = 0; x < taps.first().length; x++) {
      long sum = HALVES;
      int at = taps.first()[x];
      int weight = x * taps.longest();
      for (int end = weight + taps.count()[x]; weight < end; weight++, at++) {
        sum += both[at] * taps.weights()[weight];
      }
      put(sum, x, above, below);
    }
  }

  private static void put(long sums, int at, int[] above, int[] below) {
    above[at] = (int) sums >> Taps.BITS;
    below[at] = (int) (sums >>> Integer.SIZE) >> Taps.BITS;
  }
}
