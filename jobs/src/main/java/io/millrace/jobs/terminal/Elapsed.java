package io.millrace.jobs.terminal;

/** The time that a command took. */
public final class Elapsed {
  private static final double NANOS_PER_MILLISECOND = 1e6;
  private static final double MILLISECONDS = 1e3;

  private Elapsed() {}

  /**
   * Seconds to the millisecond.
   *
   * @param start by {@link System#nanoTime}
   */
  public static double secondsSince(long start) {
    return Math.round((System.nanoTime() - start) / NANOS_PER_MILLISECOND) / MILLISECONDS;
  }
}
