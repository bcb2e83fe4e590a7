package io.millrace.pipeline.store;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that a user chose for the result of a single job, with a hidden workspace beside it,
 * {@code .<name>.millrace/}, which exists until the job has succeeded.
 */
public final class OutputFolder {
  /** Marks, while the result is moved, that the output's files are ours. */
  private static final String PENDING = "publishing.json";

  private final URI place;
  private final Workspace workspace;
  private final Storage storage;

  private OutputFolder(URI place, Workspace workspace, Storage storage) {
    this.place = place;
    this.workspace = workspace;
    this.storage = storage;
  }

  /**
   * @param output the folder, which need not exist; a symbolic link is followed
   * @param settings keys {@code spark.hadoop.*} configure the file system
   * @throws CannotException when it can't be a result's folder
   */
  public static OutputFolder of(URI output, Map<String, String> settings) {
    URI place = Places.isLocal(output) ? real(Places.local(output)) : output;
    String path = place.getPath();
    int slash = path == null ? -1 : path.lastIndexOf('/');
    if (slash < 0 || slash == path.length() - 1) {
      throw new CannotException(
          "write to " + output, "it is not a folder with a name of its own; choose another");
    }
    Storage storage = Storage.of(place, settings);
    String text = Places.isLocal(place) ? path : storage.child(place, ".").toString();
    String parent = text.substring(0, text.lastIndexOf('/') + 1);
    String hidden = parent + "." + text.substring(text.lastIndexOf('/') + 1) + ".millrace";
    return new OutputFolder(place, Workspace.beside(place, Places.uri(hidden), settings), storage);
  }

  private static URI real(Path output) {
    try {
      // If a link were replaced by the result, the folder behind it would stay empty.
      return Places.ofLocal(Files.exists(output) ? output.toRealPath() : output);
    } catch (IOException e) {
      throw StorageFailure.cannot("write to " + output, output.toString(), e);
    }
  }

  /** The folder of the result. */
  public URI place() {
    return place;
  }

  /** The hidden workspace. */
  public Workspace workspace() {
    return workspace;
  }

  /**
   * Checks that no file of the user would be replaced.
   *
   * @throws CannotException when the folder has anything except an artifact that may be overwritten
   *     or the rest of a killed publication
   */
  public void requireFree(boolean overwrite) {
    String shown = Places.text(place);
    try {
      if (!storage.exists(place)) {
        return;
      }
      if (!storage.isFolder(place)) {
        throw new CannotException("write to " + shown, "it is a file; choose a folder");
      }
      boolean artifact = storage.exists(storage.child(place, ArtifactManifest.FILE));
      if (artifact && !overwrite) {
        throw new CannotException(
            "write to " + shown,
            "it has a result already; choose another folder or use --overwrite");
      }
      if (!artifact && !storage.children(place).isEmpty() && pending().isEmpty()) {
        throw new CannotException(
            "write to " + shown,
            "the folder is not empty and not a result of Millrace; choose another folder");
      }
    } catch (IOException e) {
      throw StorageFailure.cannot("write to " + shown, shown, e);
    }
  }

  private Optional<ArtifactManifest> pending() throws IOException {
    Optional<byte[]> text = storage.read(storage.child(workspace.root(), PENDING));
    return text.isPresent() ? Optional.of(ManifestJson.read(text.get())) : Optional.empty();
  }

  /**
   * Ends the publication of a process that was killed between moving the result into place and
   * writing its manifest.
   *
   * @return the artifact, if its files are complete and it has this fingerprint
   */
  public Optional<StoredArtifact> finishPublication(String fingerprint) {
    try {
      Optional<ArtifactManifest> pending =
          pending().filter(manifest -> manifest.fingerprint().equals(fingerprint));
      if (pending.isEmpty() || !storage.exists(place)) {
        return Optional.empty();
      }
      StoredArtifact artifact = new StoredArtifact(place, pending.get());
      if (Publication.damage(storage, artifact).isPresent()) {
        return Optional.empty();
      }
      storage.write(
          storage.child(place, ArtifactManifest.FILE), ManifestJson.write(artifact.manifest()));
      return Optional.of(artifact);
    } catch (IOException e) {
      throw StorageFailure.cannot("write to " + Places.text(place), Places.text(place), e);
    }
  }

  /** Turns an attempt's folder into the result. */
  public StoredArtifact publish(URI attempt, ArtifactManifest manifest) {
    try {
      ArtifactManifest complete = manifest.with(Publication.files(storage, attempt));
      workspace.write(
          workspace.root(),
          PENDING,
          new String(ManifestJson.write(complete), StandardCharsets.UTF_8));
      return Publication.publish(storage, attempt, place, manifest);
    } catch (IOException e) {
      throw StorageFailure.cannot("write to " + Places.text(place), Places.text(place), e);
    }
  }
}
