package io.millrace.jobs.ingest;

/** The names of temporary folders of an ingest, beside its dataset. */
final class WorkFiles {
  /** Lists and plans, in the attempt's folder. */
  static final String FOLDER = "_work";

  /** Unpacked files, in the attempt's folder. */
  static final String INFLATED = "_inflated";

  private WorkFiles() {}
}
