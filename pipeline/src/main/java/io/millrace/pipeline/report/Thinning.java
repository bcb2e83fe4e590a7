package io.millrace.pipeline.report;

import io.millrace.pipeline.card.Series;

/** Shortens long series for a page, by means of neighbouring values. */
final class Thinning {
  /** More points can't be seen on a screen. */
  static final int MOST_POINTS = 1000;

  private Thinning() {}

  /** The series itself if it is short; gaps (NaN) are left out of the means. */
  static Series of(Series series) {
    int all = series.x().length;
    if (all <= MOST_POINTS) {
      return series;
    }
    double[] x = new double[MOST_POINTS];
    double[] y = new double[MOST_POINTS];
    for (int i = 0; i < MOST_POINTS; i++) {
      int from = (int) ((long) i * all / MOST_POINTS);
      int to = (int) ((i + 1L) * all / MOST_POINTS);
      x[i] = mean(series.x(), from, to);
      y[i] = mean(series.y(), from, to);
    }
    return new Series(series.name(), x, y, series.faint());
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    int count = 0;
    for (int i = from; i < to; i++) {
      if (Double.isFinite(values[i])) {
        sum += values[i];
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}
