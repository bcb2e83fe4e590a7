package io.millrace.jobs.terminal;

import io.millrace.pipeline.job.JobContext;
import java.util.Map;

/**
 * Shows progress and notices of work outside of a run to the person watching; events are dropped.
 */
public record ToldContext(ProgressLines lines) implements JobContext {
  @Override
  public Progress progress(String label, long total, String unit) {
    return lines.begin(label, total, unit);
  }

  @Override
  public void event(String kind, Map<String, ?> fields) {}

  @Override
  public void notice(String sentence) {
    lines.say(sentence);
  }
}
