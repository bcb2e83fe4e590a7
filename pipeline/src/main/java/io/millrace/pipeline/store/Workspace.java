package io.millrace.pipeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A folder on any Hadoop file system that holds a pipeline's artifacts, unfinished work and runs.
 * Opening one changes nothing; methods that write need the {@link #lock} to be held.
 *
 * <pre>
 * artifacts/&lt;stage&gt;/&lt;fingerprint&gt;/_artifact.json             on a local disk
 * artifacts/&lt;stage&gt;/&lt;fingerprint&gt;/&lt;attempt&gt;/_artifact.json   elsewhere; the newest counts
 * attempts/                                 unfinished results, useless when their process is dead
 * unfinished/&lt;stage&gt;/&lt;fingerprint&gt;/                           elsewhere with a folder for each run
 * runs/&lt;utc&gt;/                               resolved.conf, plan.json, events.jsonl, logs
 * scratch/                                  temporary files of the current run
 * </pre>
 */
public final class Workspace {
  private static final Pattern STAGE = Pattern.compile("[^./\\\\:\\p{Cntrl}][^/\\\\:\\p{Cntrl}]*");
  private static final Comparator<StoredArtifact> NEWEST_FIRST =
      Comparator.comparing((StoredArtifact a) -> a.manifest().created())
          .reversed()
          .thenComparing(a -> a.manifest().fingerprint())
          .thenComparing(a -> a.folder().toString());
  static final String ARTIFACTS = "artifacts";
  static final String ATTEMPTS = "attempts";
  static final String UNFINISHED = "unfinished";
  static final String RUNS = "runs";
  static final String SCRATCH = "scratch";

  private final String given;
  private final String label;
  private final URI root;
  private final Storage storage;

  private final Map<String, String> settings;

  private Workspace(
      String given, String label, URI root, Storage storage, Map<String, String> settings) {
    this.given = given;
    this.label = label;
    this.root = root;
    this.storage = storage;
    this.settings = Map.copyOf(settings);
  }

  /**
   * @param pathOrUri a path (relative to the current directory, or absolute) or a URI; it need not
   *     exist yet
   */
  public static Workspace open(String pathOrUri) {
    return open(pathOrUri, Map.of());
  }

  /**
   * @param settings keys {@code spark.hadoop.*} configure the file system
   * @throws CannotException when no file system answers to the URI
   */
  public static Workspace open(String pathOrUri, Map<String, String> settings) {
    URI root = Places.uri(pathOrUri);
    String label = "the workspace " + pathOrUri;
    return new Workspace(pathOrUri, label, root, Storage.of(root, settings), settings);
  }

  /** The hidden workspace of a result; messages use the result's name. */
  static Workspace beside(URI output, URI root, Map<String, String> settings) {
    String given = Places.text(output);
    return new Workspace(given, given, root, Storage.of(root, settings), settings);
  }

  /** Its folder. */
  public URI root() {
    return root;
  }

  /** Its place, as the user wrote it. */
  @Override
  public String toString() {
    return given;
  }

  /**
   * Locks the workspace for this process; creates it if needed.
   *
   * @param what what the lock is for, e.g. {@code "run in work/x"}
   * @throws CannotException when another process holds it, which the message names, or it can't be
   *     written
   */
  public FolderLock lock(String what) {
    return writing(
        () -> {
          if (storage.exists(root) && !storage.isFolder(root)) {
            throw new CannotException("use " + label, "it is a file; choose another place");
          }
          storage.createFolder(root);
          return FolderLock.acquire(storage, root, what);
        });
  }

  /** Every artifact of a stage, newest first. */
  public List<StoredArtifact> artifacts(String stage) {
    return reading(
        () -> {
          List<StoredArtifact> found = new ArrayList<>();
          URI folder = stageFolder(ARTIFACTS, stage);
          for (String name : storage.children(folder)) {
            found.addAll(published(storage.child(folder, name)));
          }
          found.sort(NEWEST_FIRST);
          return found;
        });
  }

  /** The artifacts of a fingerprint: one, or several where attempts are published side by side. */
  private List<StoredArtifact> published(URI folder) throws IOException {
    List<StoredArtifact> found = new ArrayList<>();
    Publication.manifest(storage, folder).ifPresent(found::add);
    if (found.isEmpty() && !Places.isLocal(root)) {
      for (String attempt : storage.children(folder)) {
        Publication.manifest(storage, storage.child(folder, attempt)).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The artifact of a stage with this fingerprint, if there is one. */
  public Optional<StoredArtifact> artifact(String stage, String fingerprint) {
    URI folder = artifactFolder(stage, fingerprint);
    return reading(() -> published(folder)).stream()
        .filter(a -> a.manifest().fingerprint().equals(fingerprint))
        .min(NEWEST_FIRST);
  }

  /**
   * The artifact in a folder, if it is one.
   *
   * @param pathOrUri an artifact's folder, in a workspace or written by a single job
   */
  public static Optional<StoredArtifact> artifactAt(String pathOrUri) {
    return artifactAt(pathOrUri, Map.of());
  }

  /**
   * The same on a file system with settings.
   *
   * @param settings keys {@code spark.hadoop.*} configure it
   */
  public static Optional<StoredArtifact> artifactAt(
      String pathOrUri, Map<String, String> settings) {
    URI folder = Places.uri(pathOrUri);
    try {
      return Publication.manifest(Storage.of(folder, settings), folder);
    } catch (IOException e) {
      throw StorageFailure.cannot("read the artifact " + pathOrUri, pathOrUri, e);
    }
  }

  /**
   * Checks that all files of an artifact exist with their lengths; reads no content.
   *
   * @return what is wrong, e.g. {@code part-00000.parquet has 5 bytes, not 100}
   */
  public Optional<String> damage(StoredArtifact artifact) {
    return reading(() -> Publication.damage(storage, artifact));
  }

  /** The names of all stages with a folder of artifacts, sorted. */
  public List<String> stages() {
    return reading(() -> storage.children(storage.child(root, ARTIFACTS)));
  }

  /** The folders of the runs, newest first; other files and folders are left out. */
  public List<URI> runs() {
    URI folder = storage.child(root, RUNS);
    return reading(() -> storage.children(folder)).stream()
        .filter(RunName::isOne)
        .sorted(Comparator.reverseOrder())
        .map(name -> storage.child(folder, name))
        .toList();
  }

  /** Everything that takes space in it. */
  public Inventory inventory() {
    return new Inventory(storage, root);
  }

  /**
   * Lists a source outside the workspace.
   *
   * @param pathOrUri a file or a folder
   * @param content whether to read the bytes instead of trusting modification times
   * @param stageSettings the stage's own settings; the workspace's override them
   * @throws CannotException when it does not exist or can't be read
   */
  public Listing look(String pathOrUri, boolean content, Map<String, String> stageSettings) {
    Map<String, String> all = new HashMap<>(stageSettings);
    all.putAll(settings);
    return Listing.of(pathOrUri, content, Optional.of(root), all);
  }

  /** Bytes that can still be written here; empty on stores without a limit. */
  public OptionalLong spaceFree() {
    return reading(() -> storage.free(root));
  }

  private URI artifactFolder(String stage, String fingerprint) {
    return storage.child(stageFolder(ARTIFACTS, stage), fingerprint);
  }

  private URI unfinished(String stage, String fingerprint) {
    return storage.child(stageFolder(UNFINISHED, stage), fingerprint);
  }

  /**
   * A folder of this run that survives a killed attempt, with what an earlier run left to resume;
   * it may not exist.
   *
   * @param lock the held lock
   */
  public URI unfinished(String stage, String fingerprint, FolderLock lock) {
    return writing(() -> leftovers(lock).resumeIn(unfinished(stage, fingerprint)));
  }

  /**
   * Removes what this run and earlier ones left to resume.
   *
   * @param lock the held lock
   */
  public void removeUnfinished(String stage, String fingerprint, FolderLock lock) {
    writing(
        () -> {
          leftovers(lock).removeFrom(unfinished(stage, fingerprint));
          return null;
        });
  }

  private Leftovers leftovers(FolderLock lock) {
    return new Leftovers(storage, root, lock);
  }

  /** Whether a killed or failed attempt left something to resume. */
  public boolean hasUnfinished(String stage, String fingerprint) {
    URI folder = unfinished(stage, fingerprint);
    return reading(() -> !storage.children(folder).isEmpty());
  }

  /**
   * Whether there is unfinished work of a stage with other parameters or inputs, or by an earlier
   * version.
   */
  public boolean hasOtherUnfinished(String stage, String fingerprint) {
    URI folder = stageFolder(UNFINISHED, stage);
    return reading(
        () -> storage.children(folder).stream().anyMatch(name -> !name.equals(fingerprint)));
  }

  private URI stageFolder(String kind, String stage) {
    if (!STAGE.matcher(stage).matches()) {
      throw new CannotException(
          "keep results of stage '" + stage + "'",
          "the name becomes a folder, so it must have no slashes, no colons and no dot at its"
              + " beginning");
    }
    return storage.child(storage.child(root, kind), stage);
  }

  /**
   * A new, empty folder for one attempt of a stage.
   *
   * @param lock the held lock
   */
  public URI newAttempt(String stage, FolderLock lock) {
    return newFolder(ATTEMPTS, stage, leftovers(lock).newName());
  }

  /**
   * A new, empty folder on a local disk for temporary files: in the workspace if that is local,
   * else in the system's temporary folder.
   */
  public URI newScratch(String stage) {
    if (Places.isLocal(root)) {
      return newFolder(SCRATCH, stage, UUID.randomUUID().toString());
    }
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "millrace-" + UUID.randomUUID());
    URI place = Places.ofLocal(folder);
    return writing(
        () -> {
          Storage.of(place, Map.of()).createFolder(place);
          return place;
        });
  }

  /** A new folder {@code runs/<utc>/}; two in one millisecond differ by a number. */
  public URI newRunFolder(Instant now) {
    return writing(
        () -> {
          String name = RunName.at(now);
          URI folder = storage.child(storage.child(root, RUNS), name);
          for (int again = 2; storage.exists(folder); again++) {
            folder = storage.child(storage.child(root, RUNS), name + "-" + again);
          }
          storage.createFolder(folder);
          return folder;
        });
  }

  private URI newFolder(String kind, String stage, String name) {
    URI folder = storage.child(stageFolder(kind, stage), name);
    return writing(
        () -> {
          storage.createFolder(folder);
          return folder;
        });
  }

  /** Writes a small text file, which appears only when it is complete. */
  public void write(URI folder, String name, String text) {
    writing(
        () -> {
          storage.write(storage.child(folder, name), text.getBytes(UTF_8));
          return null;
        });
  }

  /** A small text file of a run or an artifact, if it exists. */
  public Optional<String> read(URI folder, String name) {
    return reading(() -> storage.read(storage.child(folder, name)).map(b -> new String(b, UTF_8)));
  }

  /**
   * A new file for lines that can be read as soon as they are flushed, if the store can do that.
   */
  public OutputStream stream(URI folder, String name) {
    return writing(() -> storage.stream(storage.child(folder, name)));
  }

  /** Removes a folder below the workspace, or a scratch folder, if it exists. */
  public void remove(URI folder) {
    writing(
        () -> {
          storageOf(folder).delete(folder);
          return null;
        });
  }

  private Storage storageOf(URI place) {
    return Places.isLocal(place) ? new LocalStorage() : storage;
  }

  /**
   * Removes what attempts of dead runs, or of this one, left.
   *
   * @param lock the held lock
   */
  public void removeLeftovers(FolderLock lock) {
    URI attempts = storage.child(root, ATTEMPTS);
    writing(
        () -> {
          for (String stage : storage.children(attempts)) {
            leftovers(lock).removeFrom(storage.child(attempts, stage));
          }
          storage.deleteEmpty(attempts);
          return null;
        });
    remove(storage.child(root, SCRATCH));
  }

  /**
   * Turns an attempt's folder into the artifact of its stage, in place of one with the same
   * fingerprint. With leases it is put beside that one, so that of two runs that both believe to
   * hold the lock, neither can damage what the other has published or reads.
   *
   * @param manifest without its files, which are listed here
   */
  public StoredArtifact publish(URI attempt, ArtifactManifest manifest) {
    URI shared = artifactFolder(manifest.stage(), manifest.fingerprint());
    String name = attempt.getPath().substring(attempt.getPath().lastIndexOf('/') + 1);
    URI folder = Places.isLocal(root) ? shared : storage.child(shared, name);
    return writing(() -> Publication.publish(storage, attempt, folder, manifest));
  }

  private interface Action<T> {
    T run() throws IOException;
  }

  private <T> T reading(Action<T> action) {
    return attempt("read " + label, action);
  }

  private <T> T writing(Action<T> action) {
    return attempt("write to " + label, action);
  }

  private <T> T attempt(String what, Action<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw StorageFailure.cannot(what, given, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.cannot(what, given, e.getCause());
    }
  }
}
