package io.millrace.jobs.stats;

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
        Counting counting = new Counting(histograms);
        reader.pixels(group, counting);
        histograms = counting.histograms;
        if (counting.odd >= 0) {
          throw mixed(
              reader.ids(group).get(counting.odd), counting.oddChannels, histograms.channels());
        }
      }
    }
    if (histograms != null) {
      histograms.settle();
    }
    return histograms;
  }

  /** Counts the images of a row group, and remembers the first that has other channels. */
  private static final class Counting implements ShardReader.PixelSink {
    private Histograms histograms;
    private int odd = -1;
    private int oddChannels;

    Counting(Histograms soFar) {
      histograms = soFar;
    }

    @Override
    public void take(int row, int channels, int plane, byte[] pixels, int at) {
      if (histograms == null) {
        histograms = new Histograms(channels);
      }
      if (histograms.channels() == channels) {
        histograms.add(plane, pixels, at);
      } else if (odd < 0) {
        odd = row;
        oddChannels = channels;
      }
    }
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
