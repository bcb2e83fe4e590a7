package io.millrace.jobs.fetch;

import io.millrace.pipeline.job.JobContext;
import java.util.OptionalLong;

/** The progress of one file. It may go backwards, and then a new line begins. */
final class Meter implements AutoCloseable {
  private final JobContext context;
  private final String label;
  private JobContext.Progress line;
  private long at;
  private long total;

  Meter(JobContext context, String label) {
    this.context = context;
    this.label = label;
  }

  /** Sets the number of bytes. */
  void at(long bytes, OptionalLong of) {
    if (line == null || bytes < at || of.orElse(-1) != total) {
      close();
      total = of.orElse(-1);
      at = 0;
      line = context.progress(label, total, "bytes");
    }
    advance(bytes - at);
  }

  void advance(long bytes) {
    at += bytes;
    line.advance(bytes);
  }

  void note(String text) {
    line.note(text);
  }

  @Override
  public void close() {
    if (line != null) {
      line.close();
      line = null;
    }
  }
}
