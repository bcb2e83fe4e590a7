package io.millrace.pipeline.store;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Recognises folders that Millrace made. */
public final class OwnFolders {
  private OwnFolders() {}

  /**
   * Whether a folder is a workspace or a result.
   *
   * @throws IOException if the folder can't be read
   */
  public static boolean contain(URI folder) throws IOException {
    Storage storage = Storage.of(folder, Map.of());
    URI runs = storage.child(folder, Workspace.RUNS);
    return storage.exists(storage.child(folder, ArtifactManifest.FILE))
        || (storage.exists(runs) && storage.children(runs).stream().anyMatch(RunName::isOne));
  }
}
