package io.millrace.jobs.record;

import io.millrace.pipeline.card.Series;
import java.util.Arrays;

/**
 * * One value for each round.
 *
 * @param x ascending
 * @param y as many; NaN is a gap
 */
record Curve(double[] x, double[] y) {
  private static final double SLOWEST = 0.98;
  private static final double ROUNDS_PER_WINDOW = 20;

  /**
   * Smoothed as fast.ai does: an exponential moving average, its bias towards the first value
   * corrected (Kingma and Ba 2015, "Adam", section 3). It averages over about 50 values, or a
   * twentieth of all if that is fewer.
   *
   * @param total values that there will be in the end, so that the curve keeps its form as it grows
   */
  Curve smoothed(int total) {
    double beta = Math.min(SLOWEST, Math.max(0, 1 - ROUNDS_PER_WINDOW / Math.max(1, total)));
    double[] smooth = new double[y.length];
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < y.length; i++) {
      if (!Double.isNaN(y[i])) {
        sum = beta * sum + (1 - beta) * y[i];
        weight = beta * weight + 1 - beta;
      }
      smooth[i] = weight == 0 ? Double.NaN : sum / weight;
    }
    return new Curve(x, smooth);
  }

  /** Every value times a factor. */
  Curve times(double factor) {
    return new Curve(x, Arrays.stream(y).map(value -> factor * value).toArray());
  }

  /** The last value; NaN if there is none. */
  double last() {
    return y.length == 0 ? Double.NaN : y[y.length - 1];
  }

  boolean isEmpty() {
    return Arrays.stream(y).allMatch(Double::isNaN);
  }

  /**
   * For a page.
   *
   * @param most points: if there are more, neighbours are replaced by their mean
   */
  Series series(String name, boolean faint, int most) {
    if (y.length <= most) {
      return new Series(name, x, y, faint);
    }
    double[] meanX = new double[most];
    double[] meanY = new double[most];
    for (int i = 0; i < most; i++) {
      int from = (int) ((long) y.length * i / most);
      int to = (int) ((long) y.length * (i + 1) / most);
      meanX[i] = Arrays.stream(x, from, to).average().orElse(Double.NaN);
      meanY[i] =
          Arrays.stream(y, from, to)
              .filter(value -> !Double.isNaN(value))
              .average()
              .orElse(Double.NaN);
    }
    return new Series(name, meanX, meanY, faint);
  }
}
