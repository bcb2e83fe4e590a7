package io.millrace.jobs.testing;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs a job as the pipeline would, on a real local Spark. */
public final class JobRunner {
  private JobRunner() {}

  /**
   * Runs it on {@code local[2]} into a new folder {@code name}; gives the folder by {@link Done}.
   */
  public static <P extends Record> Done run(Job<P> job, P parameters, Path base, String name)
      throws Exception {
    return run(job, parameters, base, name, "local[2]");
  }

  /** Runs it on that master. */
  public static <P extends Record> Done run(
      Job<P> job, P parameters, Path base, String name, String master) throws Exception {
    return run(job, parameters, base, name, master, JobContext.silent());
  }

  /** Runs it on that master, telling a context. */
  public static <P extends Record> Done run(
      Job<P> job, P parameters, Path base, String name, String master, JobContext context)
      throws Exception {
    Path staging = Files.createDirectories(base.resolve(name));
    Path scratch = Files.createDirectories(base.resolve("scratch"));
    URI unfinished = base.resolve("unfinished/" + name + "/f").toUri();
    JobRequest<P> request =
        new JobRequest<>(
            name,
            parameters,
            staging.toUri(),
            unfinished,
            scratch.toUri(),
            Map.of("spark.master", master),
            "millrace " + job.name());
    try {
      return new Done(staging, job.run(request, context));
    } finally {
      SharedSpark.stop();
    }
  }

  /** What a job left and said. */
  public record Done(Path folder, JobResult result) {
    /** The folder as a parameter holds it. */
    public String path() {
      return withoutSlash(folder.toUri().toString());
    }

    private static String withoutSlash(String uri) {
      return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    /** All files below the folder, relative, sorted. */
    public List<String> files() throws IOException {
      try (Stream<Path> all = Files.walk(folder)) {
        return all.filter(Files::isRegularFile)
            .map(file -> folder.relativize(file).toString())
            .sorted()
            .toList();
      }
    }
  }
}
