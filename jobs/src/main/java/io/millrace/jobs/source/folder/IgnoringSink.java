package io.millrace.jobs.source.folder;

import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Lister;

/** Ignores all, for reading names only; what is wrong is told when the part is listed. */
final class IgnoringSink implements Lister.Sink {
  @Override
  public void entry(Entry entry) {}

  @Override
  public void reject(Reject reject) {}

  @Override
  public void leftOut(long pictures) {}

  @Override
  public void ignored(long files) {}
}
