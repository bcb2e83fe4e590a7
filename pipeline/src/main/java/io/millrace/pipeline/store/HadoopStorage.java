package io.millrace.pipeline.store;

import io.millrace.pipeline.CannotException;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** HDFS, S3 and everything else that Hadoop has a FileSystem for. */
final class HadoopStorage implements Storage {
  // The exception of hadoop-aws, which may not be on the class path, for a file that was replaced
  // while it was read.
  private static final String REPLACED = "RemoteFileChangedException";
  private static final int MOST_READS = 5;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Stores where a file appears when it is closed and a rename is a copy. */
  private static final List<String> OBJECT_STORES =
      List.of("s3", "s3a", "s3n", "gs", "oss", "cosn", "swift", "wasb", "wasbs", "obs");

  private final FileSystem files;
  private final boolean objectStore;
  private FileContext renamer;

  HadoopStorage(URI place, Map<String, String> settings) {
    this(place, open(place, settings));
  }

  HadoopStorage(URI place, FileSystem files) {
    this.files = files;
    this.objectStore = OBJECT_STORES.contains(String.valueOf(place.getScheme()));
  }

  private static FileSystem open(URI place, Map<String, String> settings) {
    Configuration configuration = new Configuration();
    HadoopSettings.forEach(settings, configuration::set);
    try {
      return FileSystem.get(place, configuration);
    } catch (IOException | RuntimeException e) {
      throw StorageFailure.cannot("open " + place, place.toString(), e);
    }
  }

  static URI uri(String text) {
    try {
      String uri = new Path(text).toUri().toString();
      return URI.create(uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri);
    } catch (IllegalArgumentException e) {
      throw new CannotException("read the address " + text, "it is not a URI", e);
    }
  }

  @Override
  public URI child(URI folder, String relative) {
    return new Path(new Path(folder), relative).toUri();
  }

  @Override
  public boolean exists(URI place) throws IOException {
    return files.exists(new Path(place));
  }

  @Override
  public boolean isFolder(URI place) throws IOException {
    return status(place).filter(FileStatus::isDirectory).isPresent();
  }

  private Optional<FileStatus> status(URI place) throws IOException {
    try {
      return Optional.of(files.getFileStatus(new Path(place)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<byte[]> read(URI file) throws IOException {
    for (int reads = 1; ; reads++) {
      try (InputStream in = open(file)) {
        return Optional.of(in.readAllBytes());
      } catch (FileNotFoundException e) {
        return Optional.empty();
      } catch (PathIOException e) {
        // On S3 a read takes two requests, and a lease is rewritten every few seconds.
        if (reads == MOST_READS || !e.getClass().getSimpleName().equals(REPLACED)) {
          throw e;
        }
      }
    }
  }

  @Override
  public InputStream open(URI file) throws IOException {
    return files.open(new Path(file));
  }

  @Override
  public void write(URI file, String mark, ContentWriter contents) throws IOException {
    Path path = new Path(file);
    if (objectStore) {
      // An object appears when its upload ends, so a rename, which copies, is not needed.
      put(path, contents);
      return;
    }
    Path unfinished = new Path(path.getParent(), "." + path.getName() + "." + mark);
    boolean whole = false;
    try {
      put(unfinished, contents);
      whole = true;
    } finally {
      if (!whole) {
        files.delete(unfinished, false);
      }
    }
    replace(unfinished, path);
  }

  /**
   * Replaces a file in one step on HDFS, so that a lease, which is rewritten every few seconds, is
   * never missing; in two steps on file systems for which Hadoop can't do that.
   */
  private void replace(Path unfinished, Path path) throws IOException {
    boolean done = false;
    try {
      renamer().rename(unfinished, path, Options.Rename.OVERWRITE);
      done = true;
    } catch (UnsupportedFileSystemException e) {
      files.delete(path, false);
      done = files.rename(unfinished, path);
      if (!done) {
        throw new IOException("rename to " + path + " was refused", e);
      }
    } finally {
      if (!done) {
        files.delete(unfinished, false);
      }
    }
  }

  /** Made once, since each is a new client that must find the NameNode. */
  private synchronized FileContext renamer() throws UnsupportedFileSystemException {
    if (renamer == null) {
      renamer = FileContext.getFileContext(files.getUri(), files.getConf());
    }
    return renamer;
  }

  private void put(Path path, ContentWriter contents) throws IOException {
    FSDataOutputStream file = files.create(path, true);
    OutputStream out = new BufferedOutputStream(file, BUFFER_BYTES);
    boolean whole = false;
    try {
      contents.writeTo(out);
      out.flush();
      whole = true;
    } finally {
      if (!whole) {
        abandon(file);
      }
    }
    file.close();
  }

  /** Aborts the writing of a file. On an object store, closing it would publish it. */
  private void abandon(FSDataOutputStream file) throws IOException {
    if (file.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
      file.abort();
    } else if (!objectStore) {
      file.close();
    }
  }

  @Override
  public OutputStream stream(URI file) throws IOException {
    FSDataOutputStream target = files.create(new Path(file), false);
    boolean flushes = target.hasCapability("hflush");
    return new FilterOutputStream(target) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        target.write(bytes, from, length);
      }

      @Override
      public void flush() throws IOException {
        if (flushes) {
          target.hflush();
        }
      }
    };
  }

  @Override
  public List<String> children(URI folder) throws IOException {
    try {
      return Arrays.stream(files.listStatus(new Path(folder)))
          .map(s -> s.getPath().getName())
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  @Override
  public List<Seen> walk(URI place, Optional<URI> except) throws IOException {
    FileStatus root = files.getFileStatus(new Path(place));
    if (!root.isDirectory()) {
      return List.of(seen(root, root.getPath().getName()));
    }
    List<Seen> seen = new ArrayList<>();
    collect(root.getPath(), "", except.map(Path::new), seen);
    seen.sort(Comparator.comparing(Seen::path));
    return seen;
  }

  private void collect(Path folder, String prefix, Optional<Path> except, List<Seen> seen)
      throws IOException {
    for (FileStatus status : files.listStatus(folder)) {
      String path = prefix + status.getPath().getName();
      boolean passedOver =
          except.isPresent()
              && except.get().toUri().getPath().equals(status.getPath().toUri().getPath());
      if (!status.isDirectory()) {
        seen.add(seen(status, path));
      } else if (!passedOver) {
        seen.add(new Seen(path + "/", 0, ""));
        collect(status.getPath(), path + "/", except, seen);
      }
    }
  }

  private static Seen seen(FileStatus status, String path) {
    String etag = status instanceof EtagSource source ? source.getEtag() : null;
    String mark = Instant.ofEpochMilli(status.getModificationTime()).toString();
    return new Seen(path, status.getLen(), etag == null ? mark : "etag " + etag);
  }

  @Override
  public void createFolder(URI folder) throws IOException {
    if (!files.mkdirs(new Path(folder))) {
      throw new IOException("folder " + folder + " could not be made");
    }
  }

  @Override
  public void delete(URI place) throws IOException {
    if (!files.delete(new Path(place), true) && exists(place)) {
      throw new IOException(place + " could not be removed");
    }
  }

  @Override
  public void deleteEmpty(URI folder) throws IOException {
    try {
      files.delete(new Path(folder), false);
    } catch (FileNotFoundException gone) {
      // Another run removed it.
    } catch (IOException e) {
      // File systems have different exceptions for a folder that is not empty.
      if (children(folder).isEmpty()) {
        throw e;
      }
    }
  }

  @Override
  public void rename(URI from, URI to) throws IOException {
    Path target = new Path(to);
    files.mkdirs(target.getParent());
    // Hadoop would move it into an existing folder, so there must be none.
    files.delete(target, true);
    if (!files.rename(new Path(from), target)) {
      throw new IOException("rename of " + from + " to " + to + " was refused");
    }
  }

  @Override
  public OptionalLong free(URI place) throws IOException {
    if (objectStore) {
      return OptionalLong.empty();
    }
    long free = files.getStatus().getRemaining();
    return free == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(free);
  }
}
