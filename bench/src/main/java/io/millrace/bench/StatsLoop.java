package io.millrace.bench;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.stats.StatsParameters;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs the job that computes statistics of shards, again and again in one JVM. Prints the means and
 * deviations, then pictures a second.
 */
final class StatsLoop {
  private StatsLoop() {}

  /**
   * @param arguments shards, a folder to work in
   */
  public static void main(String[] arguments) throws IOException {
    Path work = Path.of(arguments[1]);
    JobRequest<StatsParameters> request =
        new JobRequest<>(
            "stats",
            new StatsParameters(new Location(arguments[0]), Split.TRAIN),
            Files.createDirectories(work.resolve("stats")).toUri(),
            work.resolve("checkpoints").toUri(),
            Files.createDirectories(work.resolve("scratch")).toUri(),
            Map.of("spark.master", ShardTurns.MASTER),
            "sbin/bench stats");
    try {
      JobResult result = new StatsJob().run(request, JobContext.silent());
      double seconds = Passes.seconds(() -> new StatsJob().run(request, JobContext.silent()));
      System.out.println(result.metrics().get("mean") + " " + result.metrics().get("std"));
      System.out.println(((Number) result.metrics().get("images")).longValue() / seconds);
    } finally {
      SharedSpark.stop();
    }
  }
}
