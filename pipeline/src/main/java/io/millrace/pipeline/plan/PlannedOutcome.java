package io.millrace.pipeline.plan;

/** What is going to happen to a stage. */
public enum PlannedOutcome {
  /** The job runs. */
  RUN,
  /** An artifact is there and is used. */
  SKIP,
  /** An earlier stage runs first; if its result has a digest seen before, this one is skipped. */
  RUN_UNLESS_UNCHANGED
}
