package io.millrace.jobs.source;

import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Reject;

/** Takes nothing, for reading names only; what is wrong is told when the part is listed. */
public final class IgnoringSink implements Lister.Sink {
  @Override
  public void entry(Entry entry) {}

  @Override
  public void reject(Reject reject) {}

  @Override
  public void leftOut(long pictures) {}

  @Override
  public void ignored(IgnoredFiles.Kind kind, String example, long files) {}
}
