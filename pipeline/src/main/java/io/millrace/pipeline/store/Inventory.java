package io.millrace.pipeline.store;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything in a workspace that runs have written. Other files in those folders are not in it, so
 * they are never removed.
 */
public final class Inventory {
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(\\..*)?");

  /** The kind of a folder. */
  public enum Kind {
    /** A stage's result, complete or not. */
    ARTIFACT(Workspace.ARTIFACTS, Optional.of(FINGERPRINT)),
    /** What a killed or failed attempt left to resume. */
    UNFINISHED(Workspace.UNFINISHED, Optional.of(FINGERPRINT)),
    /** The files of a run. */
    RUN(Workspace.RUNS, Optional.empty()),
    /** The result that an attempt was writing. */
    ATTEMPT(Workspace.ATTEMPTS, Optional.of(UUID)),
    /** Temporary files. */
    SCRATCH(Workspace.SCRATCH, Optional.of(UUID));

    private final String place;
    private final Optional<Pattern> belowStage;

    Kind(String place, Optional<Pattern> belowStage) {
      this.place = place;
      this.belowStage = belowStage;
    }

    /** In lower case, as in JSON and in tables. */
    public String text() {
      return switch (this) {
        case ARTIFACT -> "artifact";
        case UNFINISHED -> "unfinished";
        case RUN -> "run";
        case ATTEMPT -> "attempt";
        case SCRATCH -> "scratch";
      };
    }
  }

  /**
   * One folder.
   *
   * @param stage the stage that it belongs to; empty for a run
   * @param name the fingerprint of an artifact or of unfinished work, the UTC name of a run
   */
  public record Entry(Kind kind, String stage, String name, URI folder) {}

  private final Storage storage;
  private final URI root;

  Inventory(Storage storage, URI root) {
    this.storage = storage;
    this.root = root;
  }

  /**
   * Every folder, by kind, then in the order of names.
   *
   * @throws io.millrace.pipeline.CannotException when the workspace can't be read
   */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    try {
      for (Kind kind : Kind.values()) {
        URI folder = storage.child(root, kind.place);
        for (String name : storage.children(folder)) {
          if (kind.belowStage.isPresent()) {
            addOfStage(kind, name, storage.child(folder, name), entries);
          } else if (RunName.isOne(name)) {
            entries.add(new Entry(kind, "", name, storage.child(folder, name)));
          }
        }
      }
    } catch (IOException e) {
      throw StorageFailure.cannot("read the workspace " + shown(), shown(), e);
    }
    return entries;
  }

  private void addOfStage(Kind kind, String stage, URI folder, List<Entry> entries)
      throws IOException {
    Pattern ours = kind.belowStage.orElseThrow();
    for (String name : storage.children(folder)) {
      if (ours.matcher(name).matches()) {
        URI place = storage.child(folder, name);
        List<URI> made = kind == Kind.ARTIFACT ? attempts(place) : List.of();
        (made.isEmpty() ? List.of(place) : made)
            .forEach(each -> entries.add(new Entry(kind, stage, name, each)));
      }
    }
  }

  /** The attempts that were published side by side, complete or not. */
  private List<URI> attempts(URI artifact) throws IOException {
    return Places.isLocal(root)
        ? List.of()
        : storage.children(artifact).stream()
            .filter(name -> UUID.matcher(name).matches())
            .map(name -> storage.child(artifact, name))
            .toList();
  }

  /** Whether a folder's name is that of a result. */
  public static boolean isFingerprint(String name) {
    return FINGERPRINT.matcher(name).matches();
  }

  /** The bytes of all files in a folder; 0 if it has gone. */
  public long bytes(Entry entry) {
    try {
      return storage.exists(entry.folder())
          ? storage.walk(entry.folder(), Optional.empty()).stream()
              .mapToLong(Storage.Seen::bytes)
              .sum()
          : 0;
    } catch (IOException e) {
      throw StorageFailure.cannot("measure " + shown(entry), shown(entry), e);
    }
  }

  /**
   * Removes a folder; call it only while the workspace's lock is held. Of an artifact, the manifest
   * is removed first.
   */
  public void remove(Entry entry) {
    try {
      Publication.remove(storage, entry.folder());
      URI above = URI.create(entry.folder().toString().replaceFirst("/[^/]*$", ""));
      if (entry.kind() == Kind.ARTIFACT && above.toString().endsWith("/" + entry.name())) {
        removeIfEmpty(above);
      }
      if (entry.kind().belowStage.isPresent()) {
        URI stage = storage.child(storage.child(root, entry.kind().place), entry.stage());
        removeIfEmpty(stage);
      }
    } catch (IOException e) {
      throw StorageFailure.cannot("remove " + shown(entry), shown(entry), e);
    }
  }

  private void removeIfEmpty(URI folder) throws IOException {
    if (storage.children(folder).isEmpty()) {
      storage.delete(folder);
    }
  }

  private String shown() {
    return Places.text(root);
  }

  private static String shown(Entry entry) {
    return Places.text(entry.folder());
  }
}
