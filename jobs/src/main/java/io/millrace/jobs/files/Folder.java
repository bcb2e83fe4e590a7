package io.millrace.jobs.files;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** One folder on any Hadoop file system, and the files directly in it. */
public final class Folder {
  private static final int BUFFER = 1 << 16;
  private static final String ASIDE = ".aside";

  private final FileSystem files;
  private final Path path;

  public Folder(URI uri) throws IOException {
    path = new Path(uri);
    files = JobFiles.fileSystem(path);
  }

  /** Where a file of it lies, for a message. */
  public String shown(String name) {
    return JobFiles.shown(new Path(path, name).toUri());
  }

  /**
   * Writes a file aside, then renames it, so that a name never stands for half a file.
   *
   * @param contents writes the bytes
   */
  public void write(String name, Contents contents) throws IOException {
    files.mkdirs(path);
    Path aside = new Path(path, name + ASIDE);
    try (OutputStream out = new BufferedOutputStream(files.create(aside, true), BUFFER)) {
      contents.writeTo(out);
    }
    Path file = new Path(path, name);
    files.delete(file, false);
    if (!files.rename(aside, file)) {
      throw new IOException("could not rename " + aside + " to " + name);
    }
  }

  public InputStream read(String name) throws IOException {
    return files.open(new Path(path, name), BUFFER);
  }

  /** The names of its files, sorted; none if there is no such folder. */
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(path)) {
        if (status.isFile()) {
          names.add(status.getPath().getName());
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    names.sort(null);
    return names;
  }

  public void delete(String name) throws IOException {
    files.delete(new Path(path, name), false);
  }

  /** Writes the bytes of a file. */
  @FunctionalInterface
  public interface Contents {
    void writeTo(OutputStream out) throws IOException;
  }
}
