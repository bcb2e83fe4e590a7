package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.header.UnreadForm;
import io.millrace.jobs.source.PathProbe;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.source.SourceProbe;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.util.Optional;

/** Recognises folders of picture files; asked last, since many other formats would fit, too. */
public final class FolderProbe implements SourceProbe {
  @Override
  public Optional<Recognition> in(PathProbe probe) throws IOException {
    if (probe.isFolder()) {
      return new FolderLook(probe).recognition();
    }
    Optional<UnreadForm> unread = UnreadForm.of(probe.head());
    if (unread.isPresent()) {
      throw new CannotException(
          "read " + JobFiles.shown(probe.place()), "it is " + unread.get().reason());
    }
    return Optional.empty();
  }

  @Override
  public boolean isLast() {
    return true;
  }
}
