package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigValue;

/**
 * Where a configuration has been checked before and only its stage is worth naming.
 *
 * @param stage empty if there is none
 */
record NamedOrigins(String stage) implements Origins {
  @Override
  public Place place(String path, ConfigValue nearest) {
    return stage.isEmpty() ? Place.UNKNOWN : new Place("stage " + stage, 0);
  }

  @Override
  public String label(String path, ConfigValue nearest) {
    return path;
  }
}
