package io.millrace.pipeline.run;

import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.PlannedStage;
import java.net.URI;

/**
 * Receives what happens during a run. Stages that run in parallel call it from their own threads;
 * no method is called after {@link Runner#run} has returned.
 */
public interface RunListener {
  /**
   * The run holds the lock and is about to begin.
   *
   * @param runFolder an existing folder for the logs of this run
   */
  default void runStarted(URI runFolder, Plan plan) {}

  /**
   * A stage's job is about to run.
   *
   * @param stage its last decision, with the reason why it runs
   */
  default void stageStarted(PlannedStage stage) {}

  /**
   * A stage begins a piece of long work.
   *
   * @param total units to do, or -1 if unknown
   */
  default JobContext.Progress progress(String stage, String label, long total, String unit) {
    return JobContext.silent().progress(label, total, unit);
  }

  /** A sentence that the user should read, e.g. about a retry. */
  default void notice(String stage, String sentence) {}

  /**
   * A stage's job threw; {@link #stageEnded} follows.
   *
   * @param failure what it threw, for its stack trace
   */
  default void stageThrew(String stage, Throwable failure) {}

  /** A stage ran, was skipped or failed. */
  default void stageEnded(StageResult result) {}
}
