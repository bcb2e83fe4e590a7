package io.millrace.jobs.terminal;

import io.millrace.pipeline.job.JobContext;
import java.util.Map;

/** What work outside of any run tells goes to the person watching; there is no log of events. */
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
