package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigValue;

/** How the binder's problems name a key and its place: lines of a file, or flags. */
interface Origins {
  /**
   * @param path the key's path within what is bound
   * @param nearest its value, or for a missing key the object that lacks it
   */
  Place place(String path, ConfigValue nearest);

  /** The key as a person wrote it; empty where the place says it already. */
  String label(String path, ConfigValue nearest);
}
