package io.millrace.pipeline.run;

import io.millrace.pipeline.job.JobContext;
import java.util.Map;

/** Passes what one stage's job reports to the listener and the events. */
record StageContext(String stage, Events events, RunListener listener) implements JobContext {
  @Override
  public Progress progress(String label, long total, String unit) {
    return listener.progress(stage, label, total, unit);
  }

  @Override
  public void event(String kind, Map<String, ?> fields) {
    events.write(kind, stage, fields);
  }

  @Override
  public void notice(String sentence) {
    events.write("notice", stage, Map.of("sentence", sentence));
    listener.notice(stage, sentence);
  }
}
