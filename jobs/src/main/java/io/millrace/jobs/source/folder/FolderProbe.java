package io.millrace.jobs.source.folder;

import io.millrace.jobs.source.PathProbe;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.source.SourceProbe;
import java.io.IOException;
import java.util.Optional;

/** Recognises folders of picture files, as which many other formats could be read, too. */
public final class FolderProbe implements SourceProbe {
  @Override
  public Optional<Recognition> in(PathProbe probe) throws IOException {
    return probe.isFolder() ? new FolderLook(probe).recognition() : Optional.empty();
  }

  @Override
  public boolean isLast() {
    return true;
  }
}
