package io.millrace.pipeline.run;

import io.millrace.pipeline.spec.PipelineSpec;

/** Runs a pipeline. */
public final class Runner {
  private Runner() {}

  /**
   * Does what the plan says and returns when every selected stage has ended. A failed stage is in
   * the result, not thrown.
   *
   * @throws io.millrace.pipeline.ConfigurationException when the selection names an unknown stage
   * @throws io.millrace.pipeline.CannotException when the workspace is held by another run, can't
   *     be written, or has plainly too little space
   */
  public static RunResult run(PipelineSpec pipeline, RunOptions options, RunListener listener) {
    throw new UnsupportedOperationException(pipeline.name() + options + listener);
  }
}
