package io.millrace.jobs.stats;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;

/** The histograms of one shard. */
record HistogramTask(URI dataset) implements SparkTasks.Task<ShardEntry, Histograms> {
  @Override
  public Histograms apply(ShardEntry shard) throws IOException {
    Histograms histograms = null;
    try (ShardReader reader = ShardReader.open(dataset, shard)) {
      for (int group = 0; group < shard.rowGroups().size(); group++) {
        for (Picture picture : reader.rowGroup(group)) {
          Image image = picture.decoded();
          if (histograms == null) {
            histograms = new Histograms(image.channels());
          }
          if (histograms.channels() != image.channels()) {
            throw mixed(picture.id(), image.channels(), histograms.channels());
          }
          histograms.add(image);
        }
      }
    }
    return histograms;
  }

  static CannotException mixed(String where, int channels, int others) {
    return new CannotException(
        "compute statistics",
        where
            + " has "
            + channels
            + " channels where others have "
            + others
            + "; ingest all pictures with the same number of channels");
  }
}
