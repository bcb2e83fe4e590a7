package io.millrace.jobs.schedule;

import io.millrace.pipeline.job.Extent;

/** The first part of a training, in which the learning rate rises in a straight line from 0. */
final class WarmUp {
  private WarmUp() {}

  /** Its epochs. */
  static double epochs(Extent warmUp, double epochs) {
    return warmUp.shareOf(epochs) * epochs;
  }

  /**
   * Checks that it leaves something of the training.
   *
   * @throws IllegalArgumentException if not
   */
  static void check(Extent warmUp, double epochs) {
    if (warmUp.shareOf(epochs) >= 1) {
      throw new IllegalArgumentException(
          "Cannot warm up for %s epochs: the training has %s; give fewer, or a share such as 5%%"
              .formatted(Numbers.of(epochs(warmUp, epochs)), Numbers.of(epochs)));
    }
  }
}
