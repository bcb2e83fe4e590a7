package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigValue;

/**
 * The origins of a configuration that has been checked before: only the stage is named.
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
