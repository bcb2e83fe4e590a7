package io.millrace.pipeline.store;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Tells folders that Millrace made from those that it finds. */
public final class OwnFolders {
  private OwnFolders() {}

  /**
   * Whether a folder is a workspace, or holds a result.
   *
   * @throws IOException if that can't be seen
   */
  public static boolean contain(URI folder) throws IOException {
    Storage storage = Storage.of(folder, Map.of());
    URI runs = storage.child(folder, Workspace.RUNS);
    return storage.exists(storage.child(folder, ArtifactManifest.FILE))
        || (storage.exists(runs) && storage.children(runs).stream().anyMatch(RunName::isOne));
  }
}
