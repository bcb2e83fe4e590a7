package io.millrace.jobs.ingest;

/** The names of what an ingest keeps beside its dataset until it is done. */
final class WorkFiles {
  /** Lists and plans, in the attempt's folder. */
  static final String FOLDER = "_work";

  /** What was unpacked, in the attempt's folder. */
  static final String INFLATED = "_inflated";

  private WorkFiles() {}
}
