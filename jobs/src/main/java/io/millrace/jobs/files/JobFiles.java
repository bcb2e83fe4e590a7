package io.millrace.jobs.files;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.store.ContentWriter;
import io.millrace.pipeline.store.HadoopSettings;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StorageFailure;
import io.millrace.pipeline.store.WholeFiles;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import scala.Tuple2;

/** The files in and below one folder. */
public final class JobFiles {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String LOCAL = "file";

  private final Path folder;
  private final FileSystem files;
  private final WholeFiles whole;

  private JobFiles(Path folder, FileSystem files) {
    this.folder = folder;
    this.files = files;
    this.whole = new WholeFiles(folder.toUri(), files);
  }

  /** The files below that folder, which need not exist. */
  public static JobFiles in(URI folder) throws IOException {
    Path path = new Path(folder);
    return new JobFiles(path, fileSystem(path));
  }

  /** The URI of a path or URI in a parameter. */
  public static URI uri(String pathOrUri) {
    String written = Places.fromHome(pathOrUri);
    URI uri = new Path(written).toUri();
    return uri.getScheme() == null ? uri(java.nio.file.Path.of(written)) : uri;
  }

  /** The URI of a local path, without a slash at its end even for a folder. */
  static URI uri(java.nio.file.Path path) {
    String text = path.toUri().toString();
    return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  /** A place as messages show it: a local path without {@code file:}. */
  public static String shown(URI place) {
    return LOCAL.equals(place.getScheme()) ? place.getPath() : place.toString();
  }

  /**
   * The file system of a path. Hadoop's checksums of local files are off, since their files would
   * be beside the user's own; shards have their own checksums.
   */
  public static FileSystem fileSystem(Path path) throws IOException {
    String scheme = path.toUri().getScheme();
    if (scheme == null || scheme.equals(LOCAL)) {
      return Defaults.LOCAL_FILES;
    }
    try {
      return path.getFileSystem(told(Defaults.UNCHANGED));
    } catch (IOException | RuntimeException e) {
      Optional<String> withoutModule = StorageFailure.withoutModule(scheme, e);
      if (withoutModule.isPresent()) {
        throw new IOException(withoutModule.get(), e);
      }
      throw e;
    }
  }

  /**
   * Hadoop's configuration with Spark's settings {@code spark.hadoop.*}, also on executors, and
   * without checksums of local files.
   */
  public static Configuration configuration() {
    // Read once: reading Hadoop's XML for each file took half the time of ingesting small files.
    return told(Defaults.CONFIGURATION);
  }

  private static Configuration told(Configuration defaults) {
    Configuration configuration = new Configuration(defaults);
    Map<String, String> told = new HashMap<>();
    SharedSpark.told()
        .ifPresent(
            conf -> {
              for (Tuple2<String, String> each : conf.getAll()) {
                told.put(each._1(), each._2());
              }
            });
    HadoopSettings.forEach(told, configuration::set);
    return configuration;
  }

  private static final class Defaults {
    private static final Configuration CONFIGURATION = read();

    /** Some file systems buffer on the local disk and need Hadoop's own class for it. */
    private static final Configuration UNCHANGED = unchanged();

    private static final FileSystem LOCAL_FILES = local();

    private static FileSystem local() {
      RawLocalFileSystem files = new RawLocalFileSystem();
      try {
        files.initialize(URI.create("file:///"), CONFIGURATION);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return files;
    }

    private static Configuration unchanged() {
      Configuration configuration = new Configuration();
      // Load it now, not when the first copy is read.
      configuration.size();
      return configuration;
    }

    private static Configuration read() {
      Configuration configuration = new Configuration();
      configuration.setClass("fs.file.impl", RawLocalFileSystem.class, FileSystem.class);
      configuration.setBoolean("fs.file.impl.disable.cache", true);
      // Load it now, not when the first copy is read.
      configuration.size();
      return configuration;
    }
  }

  /** Opens one file for reading at any place. */
  public static ReadAt readAt(URI file) throws IOException {
    if (LOCAL.equals(file.getScheme())) {
      return new LocalReadAt(java.nio.file.Path.of(file));
    }
    Path path = new Path(file);
    return new HadoopReadAt(fileSystem(path), path);
  }

  /** Makes a folder and those above it; existing ones stay as they are. */
  public static void makeFolder(Path folder) throws IOException {
    if (LOCAL.equals(folder.toUri().getScheme())) {
      Files.createDirectories(java.nio.file.Path.of(folder.toUri()));
    } else {
      fileSystem(folder).mkdirs(folder);
    }
  }

  /** The Hadoop path of a file below the folder. */
  public Path path(String relative) {
    return new Path(folder, relative);
  }

  /** The place of a file below the folder, for a message. */
  public String shown(String relative) {
    return shown(path(relative).toUri());
  }

  /**
   * Writes a file below the folder, which appears under its name only when it is complete; until
   * then an old file stays. Folders in between are made. Only one writer at a time is allowed.
   */
  public void write(String relative, ContentWriter contents) throws IOException {
    whole.write(path(relative).toUri(), contents);
  }

  /**
   * A new file below the folder, visible while it is written; folders in between are made. An old
   * file is replaced.
   */
  public OutputStream create(String relative) throws IOException {
    return new BufferedOutputStream(create(path(relative), true), BUFFER_BYTES);
  }

  /**
   * A new file; folders in between are made. Local files are not created by Hadoop, which starts a
   * process for each to set permissions.
   *
   * @param replace whether an existing file is replaced
   */
  public static OutputStream create(Path path, boolean replace) throws IOException {
    URI uri = path.toUri();
    if (!LOCAL.equals(uri.getScheme())) {
      return fileSystem(path).create(path, replace);
    }
    java.nio.file.Path local = java.nio.file.Path.of(uri);
    Files.createDirectories(local.getParent());
    return replace
        ? Files.newOutputStream(local)
        : Files.newOutputStream(local, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Opens a file below the folder. */
  public InputStream open(String relative) throws IOException {
    return files.open(path(relative), BUFFER_BYTES);
  }

  /** The contents of a small file below the folder, or empty if it does not exist. */
  public Optional<byte[]> read(String relative) throws IOException {
    try (InputStream in = open(relative)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException notThere) {
      return Optional.empty();
    }
  }

  /** The length of a file below the folder in bytes, -1 if it does not exist. */
  public long length(String relative) throws IOException {
    try {
      return files.getFileStatus(path(relative)).getLen();
    } catch (FileNotFoundException notThere) {
      return -1;
    }
  }

  /** The names of all entries of the folder, sorted; none if it does not exist. */
  public List<String> names() throws IOException {
    try {
      List<String> names = new ArrayList<>();
      for (FileStatus status : files.listStatus(folder)) {
        names.add(status.getPath().getName());
      }
      names.sort(null);
      return names;
    } catch (FileNotFoundException notThere) {
      return List.of();
    }
  }

  /** Moves a file or folder directly in this folder to another folder on the same file system. */
  public void move(String name, JobFiles target) throws IOException {
    makeFolder(target.folder);
    if (!files.rename(path(name), target.path(name))) {
      throw new IOException("moving " + path(name) + " to " + target.folder + " failed");
    }
  }

  /** Removes a file, or a folder with everything in it. */
  public void delete(String relative) throws IOException {
    files.delete(path(relative), true);
  }
}
