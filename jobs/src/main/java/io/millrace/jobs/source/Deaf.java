package io.millrace.jobs.source;

import io.millrace.jobs.shard.Reject;

/** For looking at names only; what is odd is told when the part is listed. */
final class Deaf implements Lister.Sink {
  @Override
  public void entry(Entry entry) {}

  @Override
  public void reject(Reject reject) {}

  @Override
  public void leftOut(long pictures) {}

  @Override
  public void ignored(long files) {}
}
