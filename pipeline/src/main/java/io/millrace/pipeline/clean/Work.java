package io.millrace.pipeline.clean;

import io.millrace.pipeline.store.Inventory;
import java.net.URI;

/**
 * A result, or what is to become one. It has no place: a workspace may have been moved since.
 *
 * @param fingerprint of all that decides the result
 */
record Work(String stage, String fingerprint) {
  static Work of(Inventory.Entry entry) {
    return new Work(entry.stage(), entry.name());
  }

  /**
   * @param folder {@code .../<stage>/<fingerprint>}
   */
  static Work in(URI folder) {
    String[] parts = folder.getPath().replaceAll("/+$", "").split("/", -1);
    return new Work(parts.length < 2 ? "" : parts[parts.length - 2], parts[parts.length - 1]);
  }
}
