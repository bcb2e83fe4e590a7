package io.millrace.jobs.predict;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.FolderLock;
import io.millrace.pipeline.store.OutputFolder;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StorageFailure;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;

/**
 * Where predictions go: a CSV file where the name ends in {@code .csv}, else a folder with {@code
 * predictions.parquet}. Work is done in a hidden folder beside it, {@code .<name>.millrace}, which
 * one process at a time may use and which is removed on closing; the output appears only when it is
 * complete.
 */
public final class Destination implements AutoCloseable {
  /** The one file of a folder of predictions. */
  public static final String PARQUET = "predictions.parquet";

  private static final String CSV = ".csv";
  private static final String WORK = "predict";
  private static final String MADE = "made";
  private static final String REPLACED = "replaced";

  private final URI place;
  private final Workspace workspace;
  private final FolderLock lock;
  private final URI work;

  private Destination(URI place, Workspace workspace, FolderLock lock) {
    this.place = place;
    this.workspace = workspace;
    this.lock = lock;
    workspace.removeLeftovers(lock);
    this.work = workspace.newAttempt(WORK, lock);
  }

  /**
   * Locks the destination for this process.
   *
   * @param overwrite whether predictions that are there may be replaced
   * @param settings keys {@code spark.hadoop.*} configure the file system
   * @throws CannotException if something else is there, or another process is writing it
   */
  public static Destination open(URI output, boolean overwrite, Map<String, String> settings) {
    OutputFolder folder = OutputFolder.of(output, settings);
    requireFree(folder.place(), overwrite);
    FolderLock lock = folder.workspace().lock("write to " + Places.text(folder.place()));
    try {
      // The process that had the lock may have written the output meanwhile.
      requireFree(folder.place(), overwrite);
      return new Destination(folder.place(), folder.workspace(), lock);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Where the output will lie. */
  public URI place() {
    return place;
  }

  /** A new folder for the log of this prediction; it is removed on closing. */
  public URI logFolder() {
    return workspace.newRunFolder(Instant.now());
  }

  boolean isCsv() {
    return isCsv(place);
  }

  /** An empty folder that the executors reach, too. */
  URI work() {
    return work;
  }

  /** A local folder for temporary files. */
  URI scratch() {
    return workspace.newScratch(WORK);
  }

  /** Where the output is to be made: a file, or a folder that does not exist yet. */
  org.apache.hadoop.fs.Path draft() {
    return new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(work), MADE);
  }

  /**
   * Whether a file belongs to the output or the hidden folder, which may lie among the pictures.
   */
  boolean owns(URI file) {
    String path = file.getPath() + "/";
    if (!path.contains("/" + name(place) + "/")
        && !path.contains("/" + name(workspace.root()) + "/")) {
      return false;
    }
    if (!isLocal(place) || !isLocal(file)) {
      return isBelow(file, place) || isBelow(file, workspace.root());
    }
    try {
      Path real = Path.of(file).toRealPath();
      return real.startsWith(Path.of(place))
          || real.startsWith(Path.of(workspace.root()).toRealPath());
    } catch (IOException e) {
      // The code that reads the file reports why it can't be read.
      return false;
    }
  }

  /** Moves the finished output to its place. */
  void publish() {
    lock.ensureHeld();
    try {
      org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(place);
      FileSystem files = JobFiles.fileSystem(target);
      if (files.exists(target)) {
        rename(files, target, new org.apache.hadoop.fs.Path(draft().getParent(), REPLACED));
      }
      rename(files, draft(), target);
    } catch (IOException e) {
      throw StorageFailure.cannot("write to " + Places.text(place), Places.text(place), e);
    }
  }

  @Override
  public void close() {
    try (lock) {
      workspace.remove(workspace.root());
    }
  }

  private static void rename(
      FileSystem files, org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
      throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("renaming " + from + " to " + to + " failed");
    }
  }

  private static void requireFree(URI place, boolean overwrite) {
    String what = "write to " + Places.text(place);
    try {
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(place);
      FileSystem files = JobFiles.fileSystem(path);
      if (!files.exists(path)) {
        return;
      }
      boolean folder = files.getFileStatus(path).isDirectory();
      if (folder && isCsv(place)) {
        throw new CannotException(what, "it is a folder; a CSV file needs another name");
      }
      if (!folder && !isCsv(place)) {
        throw new CannotException(
            what, "it is a file; choose a folder for Parquet, or a name that ends in .csv for CSV");
      }
      if (folder) {
        List<String> names = FolderEntry.of(place).stream().map(FolderEntry::name).toList();
        if (names.isEmpty()) {
          return;
        }
        if (!names.equals(List.of(PARQUET))) {
          throw new CannotException(
              what, "the folder is not empty and holds no predictions of Millrace; choose another");
        }
      }
      if (!overwrite) {
        throw new CannotException(
            what,
            "there is %s already; choose another name or --overwrite"
                .formatted(folder ? "a result" : "a file"));
      }
    } catch (IOException e) {
      throw StorageFailure.cannot(what, Places.text(place), e);
    }
  }

  private static boolean isCsv(URI place) {
    return name(place).toLowerCase(Locale.ROOT).endsWith(CSV);
  }

  private static boolean isLocal(URI place) {
    return "file".equals(place.getScheme());
  }

  private static boolean isBelow(URI file, URI folder) {
    return (file.getPath() + "/").startsWith(folder.getPath() + "/");
  }

  private static String name(URI place) {
    String path = place.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
