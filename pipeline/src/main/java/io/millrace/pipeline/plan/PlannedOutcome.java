package io.millrace.pipeline.plan;

/** What will happen to a stage. */
public enum PlannedOutcome {
  /** The job runs. */
  RUN,
  /** An existing artifact is used. */
  SKIP,
  /**
   * An earlier stage runs first; if its result has the digest of an earlier one, this stage is
   * skipped.
   */
  RUN_UNLESS_UNCHANGED
}
