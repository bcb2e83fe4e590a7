package io.millrace.pipeline.card;

/**
 * Values with one name. NaN is a gap.
 *
 * @param x the x of each value, in increasing order; empty for bars
 * @param y the values
 * @param faint whether it stays in the background, as raw values behind smoothed ones do
 */
public record Series(String name, double[] x, double[] y, boolean faint) {
  /** A line in the foreground. */
  public Series(String name, double[] x, double[] y) {
    this(name, x, y, false);
  }

  /** The values of a series of bars. */
  public static Series ofBars(String name, double... y) {
    return new Series(name, new double[0], y, false);
  }
}
