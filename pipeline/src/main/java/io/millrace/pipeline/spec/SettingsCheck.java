package io.millrace.pipeline.spec;

import java.util.List;
import java.util.Map;

/** Checks settings that a pipeline gives to its jobs without reading them. */
@FunctionalInterface
public interface SettingsCheck {
  /** Allows everything. */
  SettingsCheck NONE = settings -> List.of();

  /**
   * The problems, each a sentence that names its key.
   *
   * @param settings of a stage, with those of its pipeline: {@code spark.executor.memory}, ...
   */
  List<String> problems(Map<String, String> settings);
}
