package io.millrace.jobs.source;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Reject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists the files below a folder, however deep they lie: folder by folder, in the order of names.
 *
 * @param folder to list
 * @param name what the ids begin with; empty for nothing
 */
public record PictureFolder(URI folder, String name) {
  /** Deeper nesting is no person's. */
  private static final int DEEPEST = 32;

  /** Takes files. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * The next file.
     *
     * @param id the path below the source
     */
    void file(String id, FolderEntry file) throws IOException;
  }

  /** Goes through all files; what is none is a reject. */
  public void visit(Visitor visitor, Lister.Sink sink) throws IOException {
    visit(folder, name, List.of(), visitor, sink);
  }

  /**
   * @param above the folders that led here, by what their links lead to
   */
  private static void visit(
      URI folder, String name, List<URI> above, Visitor visitor, Lister.Sink sink)
      throws IOException {
    URI real = folder;
    String closed = above.size() > DEEPEST ? "folders nested too deeply" : "";
    if ("file".equals(folder.getScheme())) {
      Path local = Path.of(folder);
      if (Files.isReadable(local)) {
        real = local.toRealPath().toUri();
      } else {
        closed = "a folder that is closed to this user";
      }
    }
    if (above.contains(real)) {
      closed = "a link to a folder above it";
    }
    if (!closed.isEmpty()) {
      sink.reject(new Reject(name, JobFiles.shown(folder), closed, 0));
      return;
    }
    List<URI> here = new ArrayList<>(above);
    here.add(real);
    FolderEntry.visit(
        folder,
        entry -> {
          String id = name.isEmpty() ? entry.name() : name + "/" + entry.name();
          switch (entry.kind()) {
            case FILE -> visitor.file(id, entry);
            case FOLDER -> visit(entry.uri(), id, here, visitor, sink);
            case OTHER ->
                sink.reject(new Reject(id, JobFiles.shown(entry.uri()), entry.problem(), 0));
          }
        });
  }
}
