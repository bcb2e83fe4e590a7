package io.millrace.pipeline.spec;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.JobCatalogue;
import java.nio.file.Path;
import java.util.List;

/** Reads a pipeline file. */
public final class PipelineReader {
  private PipelineReader() {}

  /**
   * Reads and checks a whole pipeline. Relative paths are taken from the current directory.
   *
   * @param file the HOCON file
   * @param sets overrides, each {@code key=value}; a value that is no HOCON number, boolean, list
   *     or object is a plain string
   * @param jobs the jobs that stages may name
   * @throws ConfigurationException with every problem that the file and the overrides show
   */
  public static PipelineSpec read(Path file, List<String> sets, JobCatalogue jobs) {
    throw new UnsupportedOperationException();
  }
}
