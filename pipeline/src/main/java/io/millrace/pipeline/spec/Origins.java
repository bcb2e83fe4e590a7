package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigValue;

/** Gives keys their names and places in the binder's problems: lines of a file, or flags. */
interface Origins {
  /**
   * @param path the key's path within the bound object
   * @param nearest its value, or for a missing key the object that lacks it
   */
  Place place(String path, ConfigValue nearest);

  /** The key as the user wrote it; empty if the place already contains it. */
  String label(String path, ConfigValue nearest);
}
