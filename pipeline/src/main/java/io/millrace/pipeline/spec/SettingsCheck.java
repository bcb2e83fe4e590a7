package io.millrace.pipeline.spec;

import java.util.List;
import java.util.Map;

/** Finds what is wrong with the settings that a pipeline hands to its jobs unread. */
@FunctionalInterface
public interface SettingsCheck {
  /** Takes whatever is given. */
  SettingsCheck NONE = settings -> List.of();

  /**
   * The problems, each a sentence that names its key.
   *
   * @param settings of a stage, with those of its pipeline: {@code spark.executor.memory}, ...
   */
  List<String> problems(Map<String, String> settings);
}
