package io.millrace.jobs.source;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.IgnoredFiles.Kind;
import io.millrace.jobs.shard.Reject;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.OwnFolders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists the files below a folder, at any depth: folder by folder, in the order of names. Files that
 * operating systems leave behind, results of Millrace and what the user leaves out are counted, not
 * listed.
 *
 * @param folder to list
 * @param name the beginning of the ids; may be empty
 * @param leaveOut ids that the user does not want
 */
public record PictureFolder(URI folder, String name, LeaveOut leaveOut) {
  /** Deeper nesting is an error. */
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

  /** With nothing left out. */
  public PictureFolder(URI folder, String name) {
    this(folder, name, LeaveOut.NOTHING);
  }

  /**
   * Visits all files; an entry that is neither file nor folder is a reject.
   *
   * @throws CannotException if a folder can't be listed, since the number of its pictures is
   *     unknown
   */
  public void visit(Visitor visitor, Lister.Sink sink) throws IOException {
    new Walk(visitor, sink, leaveOut, false).into(folder, name, List.of());
  }

  /** The same, including files that operating systems leave behind and results of Millrace. */
  public void visitAll(Visitor visitor, Lister.Sink sink) throws IOException {
    new Walk(visitor, sink, leaveOut, true).into(folder, name, List.of());
  }

  /** How many files there are below a folder, as far as it can be listed. */
  static long files(URI folder) {
    long[] files = new long[1];
    try {
      FolderEntry.visit(folder, entry -> files[0] += entry.isFolder() ? files(entry.uri()) : 1);
    } catch (IOException closed) {
      // It is ignored anyway; the number is for information.
      return Math.max(1, files[0]);
    }
    return files[0];
  }

  private record Walk(Visitor visitor, Lister.Sink sink, LeaveOut leaveOut, boolean all) {
    /**
     * @param above the folders above this one, with links resolved
     */
    void into(URI folder, String name, List<URI> above) throws IOException {
      if (above.size() > DEEPEST) {
        throw new CannotException(
            "read " + JobFiles.shown(folder),
            "its folders are nested deeper than " + DEEPEST + "; leave it out or move it up");
      }
      URI real = "file".equals(folder.getScheme()) ? real(folder) : folder;
      if (above.contains(real)) {
        sink.reject(new Reject(name, JobFiles.shown(folder), "a link to a folder above it", 0));
        return;
      }
      List<URI> here = new ArrayList<>(above);
      here.add(real);
      GivenFiles.visit(folder, entry -> entry(entry, PassedOver.below(name, entry.name()), here));
    }

    private static URI real(URI folder) throws IOException {
      try {
        return Path.of(folder).toRealPath().toUri();
      } catch (IOException e) {
        throw GivenFiles.cannot(folder, e);
      }
    }

    private void entry(FolderEntry entry, String id, List<URI> here) throws IOException {
      if (leaveOut.has(id)) {
        sink.leftOut(entry.isFolder() ? files(entry.uri()) : 1);
      } else if (!all && SystemFiles.is(entry.name(), entry.mayBeFolder())) {
        sink.ignored(Kind.SYSTEM, id, entry.isFolder() ? files(entry.uri()) : 1);
      } else {
        switch (entry.kind()) {
          case FILE -> visitor.file(id, entry);
          case FOLDER -> folder(entry.uri(), id, here);
          case CLOSED -> throw PassedOver.unreadable(entry, id);
          case OTHER ->
              sink.reject(new Reject(id, JobFiles.shown(entry.uri()), entry.problem(), 0));
        }
      }
    }

    private void folder(URI folder, String id, List<URI> here) throws IOException {
      if (!all && OwnFolders.contain(folder)) {
        sink.ignored(Kind.MILLRACE, id, files(folder));
      } else {
        into(folder, id, here);
      }
    }
  }
}
