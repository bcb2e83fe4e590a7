package io.millrace.jobs.cli;

/** What a command ends with. */
final class Status {
  static final int DONE = 0;

  /** A run that failed, or what was found by opening data. */
  static final int FAILED = 1;

  /** What the command line and the configuration alone show to be wrong. */
  static final int MISUSED = 2;

  private Status() {}
}
