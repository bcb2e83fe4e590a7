package io.millrace.jobs.source;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** Opens files and folders that a user named; if that fails, throws a sentence with the reason. */
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

  /** The entries of a folder, in the order of names. */
  public static List<FolderEntry> entries(URI folder) throws IOException {
    List<FolderEntry> entries = new ArrayList<>();
    visit(folder, entries::add);
    return entries;
  }

  /** Visits the entries of a folder, in the order of names. */
  public static void visit(URI folder, FolderEntry.Visitor visitor) throws IOException {
    try {
      FolderEntry.visit(folder, visitor);
    } catch (FileNotFoundException | AccessDeniedException | AccessControlException e) {
      throw cannot(folder, e);
    }
  }

  /** The error for a file or folder that can't be read. */
  public static CannotException cannot(URI place, IOException e) {
    return cannot(new Path(place), e);
  }

  private static CannotException cannot(Path path, IOException e) {
    String message = String.valueOf(e.getMessage());
    boolean gone = e instanceof FileNotFoundException || e instanceof NoSuchFileException;
    boolean denied = !gone || message.contains("ermission denied");
    return new CannotException(
        "read " + JobFiles.shown(path.toUri()),
        denied
            ? "permission is denied to this user; make it readable"
            : "there is no such file or folder",
        e);
  }
}
