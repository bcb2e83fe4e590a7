package io.millrace.pipeline.clean;

import io.millrace.pipeline.store.Inventory;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * A result, finished or not. It does not have its folder, since a workspace may have been moved.
 *
 * @param fingerprint of everything that decides the result
 */
record Work(String stage, String fingerprint) {
  static Work of(Inventory.Entry entry) {
    return new Work(entry.stage(), entry.name());
  }

  /**
   * @param folder {@code .../<stage>/<fingerprint>} or {@code .../<stage>/<fingerprint>/<attempt>}
   */
  static Work in(URI folder) {
    List<String> parts = Arrays.asList(folder.getPath().replaceAll("/+$", "").split("/", -1));
    int last = parts.size() - 1;
    int fingerprint = last > 1 && Inventory.isFingerprint(parts.get(last - 1)) ? last - 1 : last;
    return new Work(fingerprint < 1 ? "" : parts.get(fingerprint - 1), parts.get(fingerprint));
  }
}
