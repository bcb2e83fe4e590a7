package io.millrace.jobs.image.resample;

/**
 * The first of two passes: resamples every row to its new width, in transposed bands, so that whole
 * columns are summed.
 */
final class HorizontalPass {
  /** Enough for vector instructions, and few enough to stay in the core's cache. */
  private static final int MOST_ROWS = 256;

  private static final int MOST_BYTES = 4 << 20;
  private static final int LEAST_ROWS = 8;

  private final Rows rows;
  private final Taps across;
  private final int left;
  private final int end;
  private final int band;
  private final WeightedSums weighted;
  private final int[][] columns;
  private final int[][] summed;
  private final int[][] narrowed;
  private int next;

  /**
   * @param across which columns are needed, and their weights
   * @param down which rows are needed
   */
  HorizontalPass(Rows rows, Taps across, Taps down) {
    this.rows = rows;
    this.across = across.from(across.first()[0]);
    this.left = across.first()[0];
    this.next = down.first()[0];
    this.end = down.end();
    int width = across.end() - left;
    this.band = band(end - next, width * rows.channels());
    int ints = WeightedSums.ints(band * rows.channels());
    int wanted = across.first().length;
    this.weighted = new WeightedSums(ints);
    this.columns = lines(width, ints);
    this.summed = lines(wanted, ints);
    this.narrowed =
        lines(Math.min(end, band + down.longest()), WeightedSums.ints(wanted * rows.channels()));
  }

  /** One by one, since the JVM's own allocation of an array of arrays is slow. */
  private static int[][] lines(int count, int ints) {
    int[][] lines = new int[count][];
    for (int i = 0; i < count; i++) {
      lines[i] = new int[ints];
    }
    return lines;
  }

  /** Rows in each of equal bands. */
  private static int band(int height, int bytesOfRow) {
    int most = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, MOST_BYTES / bytesOfRow));
    int bands = (height + most - 1) / most;
    return (height + bands - 1) / bands;
  }

  /**
   * The packed rows before row {@code y}, as many as one output may need; row i is at i modulo
   * their number.
   */
  int[][] until(int y) {
    while (next < y) {
      int height = Math.min(band, end - next);
      Transposer transposer = Transposer.ofThisThread();
      transposer.columns(rows, next, height, left, columns);
      for (int x = 0; x < summed.length; x++) {
        weighted.sum(columns, across, x, summed[x]);
      }
      transposer.rows(summed, height, rows.channels(), narrowed, next);
      next += height;
    }
    return narrowed;
  }
}
