package io.millrace.bench;

import java.io.IOException;

/** Timing within a process: work is done again and again, first without looking at the clock. */
final class Passes {
  /** Not timed, whichever of the two takes longer. */
  static final int WARM = 3;

  static final int WARM_SECONDS = 5;

  /** Timed; the median counts. */
  static final int TIMED = 5;

  private static final double NANOS = 1e9;

  private Passes() {}

  /** Median seconds of a pass once warm. */
  static double seconds(Pass pass) throws IOException {
    double spent = 0;
    for (int i = 0; i < WARM || spent < WARM_SECONDS; i++) {
      spent += timed(pass);
    }
    return median(TIMED, pass);
  }

  /** Median seconds of so many passes. */
  static double median(int passes, Pass pass) throws IOException {
    double[] seconds = new double[passes];
    for (int i = 0; i < passes; i++) {
      seconds[i] = timed(pass);
    }
    return Turns.median(seconds);
  }

  private static double timed(Pass pass) throws IOException {
    long start = System.nanoTime();
    pass.run();
    return (System.nanoTime() - start) / NANOS;
  }

  /** All of the work, once. */
  @FunctionalInterface
  interface Pass {
    /** Does it. */
    void run() throws IOException;
  }
}
