package io.millrace.jobs.export;

import io.millrace.pipeline.job.JobContext;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Reports what is written through it as progress. */
final class MeteredStream extends FilterOutputStream {
  private final JobContext.Progress progress;

  MeteredStream(OutputStream out, JobContext.Progress progress) {
    super(out);
    this.progress = progress;
  }

  @Override
  public void write(int one) throws IOException {
    out.write(one);
    progress.advance(1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    progress.advance(length);
  }
}
