package io.millrace.jobs.source.folder;

import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PictureFolder;
import java.io.IOException;

/** Every file below a part's folder is a picture of the part's class. */
record FolderLister(LeaveOut leaveOut) implements Lister {
  @Override
  public void list(Part part, Sink sink) throws IOException {
    new PictureFolder(part.file(), part.name(), leaveOut)
        .visit(
            (id, file) ->
                sink.entry(
                    Entry.encoded(id, part.split(), part.label(), file.uri(), 0, file.length())),
            sink);
  }
}
