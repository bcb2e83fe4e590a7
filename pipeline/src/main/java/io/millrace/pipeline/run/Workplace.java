package io.millrace.pipeline.run;

import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobResult;

/** Where the job of a stage works: in this JVM, or in an application of its own. */
@FunctionalInterface
public interface Workplace {
  /** In this JVM, on the calling thread. */
  Workplace HERE = (call, context) -> call.perform(context);

  /**
   * Does what the call says and returns when it is done; the files are then in its staging folder.
   *
   * @throws Exception as {@link io.millrace.pipeline.job.Job#run} throws it
   */
  JobResult perform(JobCall call, JobContext context) throws Exception;
}
