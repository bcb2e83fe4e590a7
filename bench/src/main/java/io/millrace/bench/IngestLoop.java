package io.millrace.bench;

import io.millrace.jobs.image.Resize;
import io.millrace.jobs.image.codec.Background;
import io.millrace.jobs.ingest.Images;
import io.millrace.jobs.ingest.IngestJob;
import io.millrace.jobs.ingest.IngestParameters;
import io.millrace.jobs.ingest.Order;
import io.millrace.jobs.ingest.Unlabelled;
import io.millrace.jobs.shard.StoredForm;
import io.millrace.jobs.source.folder.Folder;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.job.ByteSize;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ingests folders of picture files, again and again in one JVM, with the job's usual parameters:
 * every picture is read and decoded. Prints files a second of the median timed round.
 */
final class IngestLoop {
  /** Pictures become 64x64 pixels; else their bytes are kept. */
  static final String RESIZED = "resized";

  static final String ORIGINAL = "original";

  private static final ByteSize BYTES = new ByteSize(128_000_000);
  private static final long PIXELS = 128_000_000;
  private static final double QUARANTINE = 0.01;

  private IngestLoop() {}

  /**
   * @param arguments {@code resized} or {@code original}, a folder to warm up with, the folder to
   *     time, how many pictures that holds, timed rounds, a folder to work in
   */
  public static void main(String[] arguments) throws IOException {
    boolean resized = arguments[0].equals(RESIZED);
    long files = Long.parseLong(arguments[3]);
    Path work = Path.of(arguments[5]);
    try {
      Passes.warmUpLong(
          () -> {
            clear(work);
            ingest(arguments[1], resized, work);
          });
      double[] seconds = new double[Integer.parseInt(arguments[4])];
      for (int i = 0; i < seconds.length; i++) {
        clear(work);
        seconds[i] =
            Passes.median(
                1,
                () -> {
                  JobResult result = ingest(arguments[2], resized, work);
                  Object in = result.metrics().get("in");
                  if (((Number) in).longValue() != files) {
                    throw new IllegalStateException(in + " records came in, not " + files);
                  }
                });
      }
      System.out.println(files / Turns.median(seconds));
    } finally {
      SharedSpark.stop();
    }
  }

  /** Removes the results of an ingest, but not the folder in which Spark works. */
  private static void clear(Path work) {
    Scratch.remove(work.resolve("staging"));
    Scratch.remove(work.resolve("checkpoints"));
  }

  private static JobResult ingest(String folder, boolean resized, Path work) throws IOException {
    Path staging = work.resolve("staging");
    return new IngestJob()
        .run(
            new JobRequest<>(
                "ingest",
                parameters(folder, resized),
                Files.createDirectories(staging).toUri(),
                work.resolve("checkpoints").toUri(),
                Files.createDirectories(work.resolve("scratch")).toUri(),
                Map.of("spark.master", ShardTurns.MASTER),
                "sbin/bench"),
            JobContext.silent());
  }

  private static IngestParameters parameters(String folder, boolean resized) {
    Optional<Resize> resize =
        resized
            ? Optional.of(
                new Resize(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(List.of(ShardTurns.SIDE, ShardTurns.SIDE))))
            : Optional.empty();
    return new IngestParameters(
        new Folder(
            new Location(folder),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            new Share(1),
            List.of()),
        new Images(
            Optional.empty(),
            resize,
            Optional.of(resized ? new StoredForm.Raw() : new StoredForm.Original()),
            Images.Truncated.QUARANTINE,
            Background.WHITE,
            PIXELS,
            BYTES),
        Order.FULL,
        BYTES,
        new Share(QUARANTINE),
        Unlabelled.KEEP,
        1);
  }
}
