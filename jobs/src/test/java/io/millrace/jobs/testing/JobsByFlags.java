package io.millrace.jobs.testing;

import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.spec.FlagReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs jobs as the command line would, one after another on the same local Spark, which the test
 * stops.
 *
 * @param folder of scratch files and of what is left unfinished
 * @param settings Spark's
 */
public record JobsByFlags(Path folder, Map<String, String> settings) {
  /** On two threads. */
  public static JobsByFlags in(Path folder) {
    return new JobsByFlags(folder, Map.of("spark.master", "local[2]"));
  }

  /** Runs a job into a folder, which is made if it is not there. */
  public <P extends Record> JobResult run(Job<P> job, Map<String, String> flags, Path root)
      throws Exception {
    return run(job, flags, root, JobContext.silent());
  }

  /** The same, telling a context. */
  public <P extends Record> JobResult run(
      Job<P> job, Map<String, String> flags, Path root, JobContext context) throws Exception {
    Files.createDirectories(root);
    P parameters = job.parameters().cast(FlagReader.read(job, flags).parameters());
    return job.run(
        new JobRequest<>(
            job.name(),
            parameters,
            root.toUri(),
            folder.resolve("unfinished").resolve(root.getFileName()).toUri(),
            folder.resolve("scratch").toUri(),
            settings,
            "millrace " + job.name() + " --again"),
        context);
  }
}
