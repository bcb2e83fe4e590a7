package io.millrace.jobs.ingest;

/** What becomes of pictures without a label. */
public enum Unlabelled {
  /** They are stored; a training on them is refused. */
  KEEP,
  /** They are counted as left out. */
  LEAVE_OUT
}
