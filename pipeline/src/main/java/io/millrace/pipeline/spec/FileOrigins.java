package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigValue;
import java.nio.file.Path;

/** The places of the keys at the top of a pipeline file; for a missing key, the first line. */
record FileOrigins(Path file, ConfigValue root) implements Origins {
  @Override
  public Place place(String path, ConfigValue nearest) {
    return nearest == root ? new Place(file.toString(), 1) : Place.of(nearest);
  }

  @Override
  public String label(String path, ConfigValue nearest) {
    return path;
  }
}
