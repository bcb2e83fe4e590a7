package io.millrace.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Alternating runs of ours and of the reference, so that a machine that becomes slower slows both.
 *
 * @param ours median of our runs
 * @param reference median of the reference's runs
 */
record Turns(double ours, double reference) {
  static Turns taken(Setting setting, String unit, Run ours, Run reference)
      throws IOException, InterruptedException {
    double[] mine = new double[setting.runs()];
    double[] theirs = new double[setting.runs()];
    for (int run = 0; run < setting.runs(); run++) {
      theirs[run] = reference.measure(run);
      mine[run] = ours.measure(run);
      setting
          .say()
          .accept(
              String.format(
                  Locale.ROOT,
                  "run %d of %d: ours %.2f %s, reference %.2f %s",
                  run + 1,
                  setting.runs(),
                  mine[run],
                  unit,
                  theirs[run],
                  unit));
    }
    return new Turns(median(mine), median(theirs));
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** One measured run. */
  @FunctionalInterface
  interface Run {
    /**
     * @param number from 0
     * @return seconds or a rate
     */
    double measure(int number) throws IOException, InterruptedException;
  }
}
