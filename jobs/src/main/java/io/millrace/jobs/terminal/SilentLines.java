package io.millrace.jobs.terminal;

import io.millrace.pipeline.job.JobContext;

/** With {@code --quiet}. */
final class SilentLines implements ProgressLines {
  @Override
  public void say(String sentence) {}

  @Override
  public JobContext.Progress begin(String title, long total, String unit) {
    return JobContext.silent().progress(title, total, unit);
  }

  @Override
  public void close() {}
}
