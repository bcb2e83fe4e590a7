package io.millrace.pipeline.spec;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.Job;
import java.util.List;
import java.util.Map;

/** Reads the parameters of a job that runs alone, from the command line. */
public final class FlagReader {
  private FlagReader() {}

  /**
   * The flags of a job, in the order of its record: every key in full, and by its last name where
   * that is unique in the job.
   */
  public static List<Flag> flags(Job<?> job) {
    throw new UnsupportedOperationException();
  }

  /**
   * Binds flags to a stage that is named like its job.
   *
   * @param values the texts given, by {@link Flag#path()}; keys that begin with {@code spark.} go
   *     to the settings
   * @throws ConfigurationException with every problem; its place is the flag
   */
  public static StageSpec read(Job<?> job, Map<String, String> values) {
    throw new UnsupportedOperationException();
  }
}
