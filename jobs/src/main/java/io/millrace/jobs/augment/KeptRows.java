package io.millrace.jobs.augment;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.Json;
import io.millrace.jobs.shard.Dataset;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Optional;

/**
 * What each transform of an augment stage does alone, stored beside the shards for the stage's
 * card.
 */
final class KeptRows {
  /** Spark ignores files whose names begin with an underscore. */
  private static final String FILE = "_transforms.json";

  private KeptRows() {}

  /** Writes the rows to a folder. A failure is only a notice, since the shards are good. */
  static void draw(URI into, Dataset dataset, ShardMaking making, JobContext context)
      throws IOException {
    if (making.chain().transforms().isEmpty()) {
      return;
    }
    TransformRows rows;
    try {
      rows =
          TransformGallery.eachAlone(
              dataset,
              dataset.shards(),
              making.chain().transforms(),
              making.levels(),
              making.seed());
    } catch (IOException | RuntimeException | LinkageError e) {
      context.notice("The report doesn't show the transforms: " + e.getMessage());
      return;
    }
    try (OutputStream out = JobFiles.in(into).create(FILE)) {
      out.write(Json.bytes(rows));
    }
  }

  /** The rows in a folder, or none. */
  static TransformRows of(JobFiles folder) throws IOException {
    Optional<byte[]> file = folder.read(FILE);
    return file.isEmpty() ? TransformRows.NONE : Json.read(file.get(), TransformRows.class);
  }
}
