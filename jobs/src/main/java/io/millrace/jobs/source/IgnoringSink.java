package io.millrace.jobs.source;

import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Reject;

/** Drops everything, for reading names only; problems are reported when the part is listed. */
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
