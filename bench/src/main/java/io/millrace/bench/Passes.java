package io.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Timing within a process: work is repeated, first without timing it. */
final class Passes {
  /** Passes, and seconds, that are not timed; whichever takes longer. */
  static final int WARM = 10;

  static final int WARM_SECONDS = 30;

  /** Timed. */
  static final int TIMED = 7;

  private static final double NANOS = 1e9;

  private Passes() {}

  /** Median seconds of a pass once warm. */
  static double seconds(Pass pass) throws IOException {
    warmUp(pass);
    return median(TIMED, pass);
  }

  /**
   * Seconds of CPU time that a pass takes once warm, of all threads of this process: for work on
   * one core, the time that it would take on an idle machine.
   */
  static double cpuSeconds(Pass pass) throws IOException {
    warmUp(pass);
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long start = process.getProcessCpuTime();
    for (int i = 0; i < TIMED; i++) {
      pass.run();
    }
    return (process.getProcessCpuTime() - start) / NANOS / TIMED;
  }

  /** Does long work until {@link #WARM_SECONDS} have passed, once at least. */
  static void warmUpLong(Pass pass) throws IOException {
    for (double spent = 0; spent < WARM_SECONDS; ) {
      spent += timed(pass);
    }
  }

  private static void warmUp(Pass pass) throws IOException {
    double spent = 0;
    for (int i = 0; i < WARM || spent < WARM_SECONDS; i++) {
      spent += timed(pass);
    }
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
    /** Runs it. */
    void run() throws IOException;
  }
}
