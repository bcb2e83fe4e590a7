package io.millrace.jobs.source;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Reject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lists the files below a folder, however deep they lie. */
record PictureFolder(URI folder, String name) {
  /** Deeper nesting is a link that leads back. */
  private static final int DEEPEST = 32;

  /** Takes files. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param id the path below the source
     */
    void file(String id, FolderEntry file) throws IOException;
  }

  /** Goes through all files; what is none is a reject. */
  void visit(Visitor visitor, Lister.Sink sink) throws IOException {
    visit(folder, name, 0, visitor, sink);
  }

  private static void visit(URI folder, String name, int depth, Visitor visitor, Lister.Sink sink)
      throws IOException {
    if (depth > DEEPEST) {
      sink.reject(new Reject(name, JobFiles.shown(folder), "folders nested too deeply", 0));
      return;
    }
    if ("file".equals(folder.getScheme()) && !Files.isReadable(Path.of(folder))) {
      String why = "a folder that is closed to this user";
      sink.reject(new Reject(name, JobFiles.shown(folder), why, 0));
      return;
    }
    FolderEntry.visit(
        folder,
        entry -> {
          String id = name.isEmpty() ? entry.name() : name + "/" + entry.name();
          switch (entry.kind()) {
            case FILE -> visitor.file(id, entry);
            case FOLDER -> visit(entry.uri(), id, depth + 1, visitor, sink);
            case OTHER ->
                sink.reject(new Reject(id, JobFiles.shown(entry.uri()), entry.problem(), 0));
          }
        });
  }
}
