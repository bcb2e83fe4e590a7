package io.millrace.jobs.evaluate;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well the probability of the predicted class matches the accuracy: predictions in ten bins of
 * equal width by that probability, each with how many were right (Guo, Pleiss, Sun and Weinberger
 * 2017, "On Calibration of Modern Neural Networks", section 2).
 */
final class Calibration implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BINS = 10;

  private final long[] images = new long[BINS];
  private final long[] right = new long[BINS];
  private final long[] confidence = new long[BINS];

  void add(Verdict verdict) {
    int bin = Math.min(BINS - 1, (int) (verdict.top() * BINS));
    images[bin]++;
    right[bin] += verdict.right() ? 1 : 0;
    confidence[bin] = Math.addExact(confidence[bin], FixedPoint.units(verdict.top()));
  }

  void merge(Calibration other) {
    for (int i = 0; i < BINS; i++) {
      images[i] += other.images[i];
      right[i] += other.right[i];
      confidence[i] = Math.addExact(confidence[i], other.confidence[i]);
    }
  }

  /** The bins that have an image, by rising confidence. */
  List<Bin> bins() {
    return IntStream.range(0, BINS)
        .filter(i -> images[i] > 0)
        .mapToObj(
            i ->
                new Bin(
                    (double) i / BINS,
                    (double) (i + 1) / BINS,
                    images[i],
                    FixedPoint.mean(confidence[i], images[i]),
                    (double) right[i] / images[i]))
        .toList();
  }

  /** The expected calibration error, 0..1: the mean difference of confidence and accuracy. */
  static double expectedError(List<Bin> bins) {
    long all = bins.stream().mapToLong(Bin::images).sum();
    double sum = 0;
    for (Bin bin : bins) {
      sum += bin.images() * Math.abs(bin.accuracy() - bin.confidence());
    }
    return sum / all;
  }

  /**
   * @param from least probability of the predicted class
   * @param to greatest probability, exclusive except for 1
   * @param images predictions in it
   * @param confidence their mean probability
   * @param accuracy the share of them that was right
   */
  record Bin(double from, double to, long images, double confidence, double accuracy) {}
}
