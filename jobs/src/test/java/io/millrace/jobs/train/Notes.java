package io.millrace.jobs.train;

import io.millrace.pipeline.job.JobContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what stands beside the bar of a training. */
final class Notes implements JobContext {
  final List<String> said = new ArrayList<>();

  @Override
  public Progress progress(String label, long total, String unit) {
    return new Progress() {
      @Override
      public void advance(long n) {}

      @Override
      public void note(String text) {
        said.add(text);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void event(String kind, Map<String, ?> fields) {}

  @Override
  public void notice(String sentence) {}
}
