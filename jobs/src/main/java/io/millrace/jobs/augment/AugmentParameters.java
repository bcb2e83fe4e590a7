package io.millrace.jobs.augment;

import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.StoredForm;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.transform.Transform;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The keys of an augment stage. */
public record AugmentParameters(
    @Key(value = "the dataset: @stage, or the folder that ingest made", of = Dataset.KIND)
        Location shards,
    @Key(
            value =
                "statistics of the dataset, from which noise takes its mean, deviation and range;"
                    + " if not given, each picture's own",
            of = Statistics.KIND)
        Optional<Location> stats,
    @Key(value = "transforms of every picture, in order", or = "[]") List<Transform> transforms,
    @Key(
            value = "variants of each picture; the picture itself is not one of them",
            or = "1",
            min = 1,
            max = 10_000)
        int copies,
    @Key(
            value =
                "sides of the squares that the pictures are resized to after the transforms, e.g."
                    + " [64, 128, 224]: each becomes a dataset of its own, read as @stage/64",
            or = "[]",
            min = 1,
            max = 65_535)
        List<Integer> pyramid,
    @Key(value = "raw (uint8 CHW), png, webp, { webp = 1..100 } or { jpeg = 1..100 }", or = "raw")
        StoredForm store,
    @Key(value = "seed of everything that is random", or = "1") long seed) {
  /** Checks keys that depend on each other. */
  public AugmentParameters {
    if (transforms.isEmpty() && pyramid.isEmpty()) {
      throw new IllegalArgumentException(
          "there is nothing to do: give transforms, a pyramid, or both");
    }
    if (store instanceof StoredForm.Original) {
      throw new IllegalArgumentException(
          "store = original keeps the source's files, which augmented pictures do not have;"
              + " take raw, png, webp or jpeg");
    }
    if (transforms.isEmpty() && copies > 1) {
      throw new IllegalArgumentException(
          "without transforms all copies are equal: remove copies, or give transforms");
    }
    if (new HashSet<>(pyramid).size() < pyramid.size()) {
      throw new IllegalArgumentException("pyramid names a size twice: " + pyramid);
    }
  }
}
