package io.millrace.jobs.ingest;

/** What to do with pictures without a label. */
public enum Unlabelled {
  /** They are stored; training on them is refused. */
  KEEP,
  /** They are counted as left out. */
  LEAVE_OUT
}
