package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PictureFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists files whose class is in their name.
 *
 * @param unlabelled the names of parts in which no file's name has a class
 */
record NameLister(
    NamePattern pattern, List<String> classes, Set<String> unlabelled, LeaveOut leaveOut)
    implements Lister {
  @Override
  public void list(Part part, Sink sink) throws IOException {
    boolean none = unlabelled.contains(part.name());
    new PictureFolder(part.file(), part.name(), leaveOut)
        .visit(
            (id, file) -> {
              Optional<String> found = pattern.classOf(file.name());
              if (found.isEmpty() && !none) {
                String where = JobFiles.shown(file.uri());
                sink.reject(new Reject(id, where, "a name that tells no class", file.length()));
              } else {
                int label = found.map(classes::indexOf).orElse(Entry.NO_LABEL);
                sink.entry(Entry.encoded(id, part.split(), label, file.uri(), 0, file.length()));
              }
            },
            sink);
  }
}
