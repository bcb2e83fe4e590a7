package io.millrace.pipeline.run;

import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.PlannedStage;
import java.net.URI;

/**
 * Sees a run as it happens. Stages that run in parallel call from threads of their own; a method is
 * never called after {@link Runner#run} has returned.
 */
public interface RunListener {
  /**
   * The lock is held and work is about to begin.
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

  /** A sentence worth a person's attention, a retry among them. */
  default void notice(String stage, String sentence) {}

  /**
   * A stage's job threw; the stage's end is told next.
   *
   * @param failure what it threw, for those who want the stack trace
   */
  default void stageThrew(String stage, Throwable failure) {}

  /** A stage ran, was skipped or failed. */
  default void stageEnded(StageResult result) {}
}
