package io.millrace.pipeline.run;

import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobResult;

/** Where the job of a stage runs: in this JVM, or in an application of its own. */
@FunctionalInterface
public interface Workplace {
  /** In this JVM, on the calling thread. */
  Workplace HERE = (call, context) -> call.perform(context);

  /**
   * Runs the job and returns when it is done; its files are then in the staging folder.
   *
   * @throws Exception as in {@link io.millrace.pipeline.job.Job#run}
   */
  JobResult perform(JobCall call, JobContext context) throws Exception;
}
