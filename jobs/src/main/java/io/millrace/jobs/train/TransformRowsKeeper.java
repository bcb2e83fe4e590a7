package io.millrace.jobs.train;

import io.millrace.jobs.augment.Levels;
import io.millrace.jobs.augment.Transform;
import io.millrace.jobs.files.Folder;
import io.millrace.jobs.materialise.TransformGallery;
import io.millrace.jobs.materialise.TransformRows;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Shows what each transform of a training makes of a few of its pictures, and keeps that with the
 * unfinished work, so that it is drawn once. A training never fails for it.
 */
final class TransformRowsKeeper {
  /** Its file. */
  static final String FILE = TransformRows.NAME + ".json";

  private final Folder folder;
  private final JobContext context;
  private TransformRows kept = TransformRows.NONE;

  /**
   * @param folder of the stage's unfinished work
   */
  TransformRowsKeeper(Folder folder, JobContext context) {
    this.folder = folder;
    this.context = context;
  }

  /** Draws the rows, or takes those that an earlier attempt has drawn. */
  void begin(Dataset dataset, Split split, List<Transform> transforms, Levels levels, long seed) {
    if (transforms.isEmpty()) {
      return;
    }
    try {
      if (folder.names().contains(FILE)) {
        try (InputStream in = folder.read(FILE)) {
          kept = Json.read(in, TransformRows.class);
        }
      } else {
        kept = TransformGallery.eachAlone(dataset, dataset.shards(split), transforms, levels, seed);
        keepIn(folder);
      }
      context.event(TransformRows.NAME, Json.fields(kept));
    } catch (IOException | RuntimeException | LinkageError e) {
      // Raw pixels are trained on without any picture library.
      kept = TransformRows.NONE;
      context.notice("The report doesn't show the transforms: " + e.getMessage());
    }
  }

  /** Writes the rows, if there are any. */
  void keepIn(Folder artifact) throws IOException {
    if (!kept.rows().isEmpty()) {
      artifact.write(FILE, out -> out.write(Json.bytes(kept)));
    }
  }
}
