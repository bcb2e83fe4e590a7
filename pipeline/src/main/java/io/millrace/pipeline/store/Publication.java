package io.millrace.pipeline.store;

import io.millrace.pipeline.text.Amounts;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Publishes folders as artifacts, and checks that an artifact is complete. */
final class Publication {
  private Publication() {}

  /** The manifest of a folder, if it has a valid one. */
  static Optional<StoredArtifact> manifest(Storage storage, URI folder) throws IOException {
    Optional<byte[]> text = storage.read(storage.child(folder, ArtifactManifest.FILE));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new StoredArtifact(folder, ManifestJson.read(text.get())));
    } catch (IOException foreign) {
      return Optional.empty();
    }
  }

  /**
   * Replaces {@code folder} by the attempt. The old manifest is removed first and the new one
   * written last, so that a process killed in between leaves no artifact instead of a mixture.
   *
   * @throws IOException also when files disappeared while they were moved
   */
  static StoredArtifact publish(Storage storage, URI attempt, URI folder, ArtifactManifest manifest)
      throws IOException {
    ArtifactManifest complete = manifest.with(files(storage, attempt));
    remove(storage, folder);
    move(storage, attempt, folder);
    StoredArtifact made = new StoredArtifact(folder, complete);
    Optional<String> damage = damage(storage, made);
    if (damage.isPresent()) {
      throw new IOException(
          Places.text(folder) + " changed while it was published: " + damage.get());
    }
    storage.write(storage.child(folder, ArtifactManifest.FILE), ManifestJson.write(complete));
    return made;
  }

  /** Removes an artifact, its manifest first, so that a partly removed one is not used. */
  static void remove(Storage storage, URI folder) throws IOException {
    storage.delete(storage.child(folder, ArtifactManifest.FILE));
    storage.delete(folder);
  }

  private static void move(Storage storage, URI attempt, URI folder) throws IOException {
    // On an object store, empty folders do not exist.
    if (storage.exists(attempt)) {
      storage.rename(attempt, folder);
    } else {
      storage.createFolder(folder);
    }
  }

  static List<StoredFile> files(Storage storage, URI folder) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    if (storage.exists(folder)) {
      for (Storage.Seen seen : storage.walk(folder, Optional.empty())) {
        if (!seen.path().endsWith("/") && !seen.path().equals(ArtifactManifest.FILE)) {
          files.add(new StoredFile(seen.path(), seen.bytes()));
        }
      }
    }
    return files;
  }

  static Optional<String> damage(Storage storage, StoredArtifact artifact) throws IOException {
    Map<String, Long> found = new HashMap<>();
    try {
      files(storage, artifact.folder()).forEach(f -> found.put(f.path(), f.bytes()));
    } catch (NoSuchFileException | FileNotFoundException changing) {
      return Optional.of("its files can't be listed");
    }
    for (StoredFile file : artifact.manifest().files()) {
      Long bytes = found.get(file.path());
      if (bytes == null) {
        return Optional.of(file.path() + " is missing");
      }
      if (bytes != file.bytes()) {
        return Optional.of(
            file.path()
                + " has "
                + Amounts.count(bytes, "byte")
                + ", not "
                + Amounts.count(file.bytes()));
      }
    }
    return Optional.empty();
  }
}
