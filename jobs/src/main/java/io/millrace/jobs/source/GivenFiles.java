package io.millrace.jobs.source;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** Opens what a user named, and says in a sentence why that can't be done. */
public final class GivenFiles {
  private GivenFiles() {}

  public static InputStream open(Path path) throws IOException {
    FileSystem files = JobFiles.fileSystem(path);
    try {
      return files.open(path);
    } catch (FileNotFoundException | AccessDeniedException | AccessControlException e) {
      throw cannot(path, e);
    }
  }

  public static FileStatus status(Path path) throws IOException {
    try {
      return JobFiles.fileSystem(path).getFileStatus(path);
    } catch (FileNotFoundException | AccessDeniedException | AccessControlException e) {
      throw cannot(path, e);
    }
  }

  /** What stands in a folder, in the order of names. */
  public static List<FolderEntry> entries(URI folder) throws IOException {
    try {
      return FolderEntry.of(folder);
    } catch (FileNotFoundException | AccessDeniedException | AccessControlException e) {
      throw cannot(new Path(folder), e);
    }
  }

  private static CannotException cannot(Path path, IOException e) {
    String message = String.valueOf(e.getMessage());
    boolean denied = !(e instanceof FileNotFoundException) || message.contains("ermission denied");
    return new CannotException(
        "read " + JobFiles.shown(path.toUri()),
        denied
            ? "permission is denied to this user; make it readable"
            : "there is no such file or folder",
        e);
  }
}
