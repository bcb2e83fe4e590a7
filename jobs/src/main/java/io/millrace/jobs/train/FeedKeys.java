package io.millrace.jobs.train;

import io.millrace.jobs.cache.CacheLimits;
import io.millrace.jobs.cache.CacheLimits.Pixels;
import io.millrace.jobs.feed.Feeding;
import io.millrace.pipeline.job.ByteSize;
import io.millrace.pipeline.job.Key;
import java.util.Optional;

/** Limits of each worker's feed, as configured. None of them changes a result. */
public record FeedKeys(
    @Key(
            value =
                "threads of each worker that decode and augment; as many as Spark gives a task"
                    + " (spark.task.cpus) if not given",
            min = 1,
            max = 1024)
        Optional<Integer> threads,
    @Key(
            "memory of each process for shards as stored and for decoded pixels; a quarter of the"
                + " largest heap if not given")
        Optional<ByteSize> memory,
    @Key(
            value = "where pixels are kept once decoded: off, memory, or disk (memory first)",
            or = "memory")
        Pixels pixels,
    @Key(
            value =
                "local disk of each process for copies of shards on remote storage, and as much"
                    + " for decoded pixels",
            or = "10GB")
        ByteSize disk,
    @Key(
            "the local folder for both; Spark's own, which is removed with the application, if not given")
        Optional<String> folder) {
  /** The defaults. */
  public static final FeedKeys DEFAULT =
      new FeedKeys(
          Optional.empty(),
          Optional.empty(),
          Pixels.MEMORY,
          new ByteSize(CacheLimits.DEFAULT.disk()),
          Optional.empty());

  Feeding feeding() {
    return new Feeding(
        threads.orElse(Feeding.AS_THE_TASK),
        new CacheLimits(
            memory.map(ByteSize::bytes).orElse(0L), disk.bytes(), folder.orElse(""), pixels));
  }
}
