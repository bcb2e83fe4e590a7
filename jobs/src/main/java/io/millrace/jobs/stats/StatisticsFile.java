package io.millrace.jobs.stats;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.Json;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Figure;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@code stats.json} as in the file, key by key.
 *
 * @param split that was measured
 * @param images how many were measured
 * @param channels in their order
 */
record StatisticsFile(
    String digest,
    String split,
    long images,
    List<Double> mean,
    List<Double> std,
    List<Channel> channels) {

  /** A channel's {@link ChannelFigures} with the pixels of each level. */
  record Channel(long count, double mean, double std, int minimum, int maximum, long[] histogram) {
    /** Refuses a channel without a histogram. */
    Channel {
      Objects.requireNonNull(histogram, "histogram");
    }

    static Channel of(ChannelFigures figures, long[] histogram) {
      return new Channel(
          figures.count(),
          figures.mean(),
          figures.std(),
          figures.minimum(),
          figures.maximum(),
          histogram);
    }
  }

  /** Refuses a file that lacks one of them. */
  StatisticsFile {
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(mean, "mean");
    Objects.requireNonNull(std, "std");
    Objects.requireNonNull(channels, "channels");
  }

  static StatisticsFile of(
      Statistics statistics, Split split, Histograms histograms, List<ChannelFigures> figures) {
    List<Channel> channels = new ArrayList<>();
    for (int c = 0; c < figures.size(); c++) {
      channels.add(Channel.of(figures.get(c), histograms.channel(c)));
    }
    return new StatisticsFile(
        statistics.digest(),
        split.text(),
        statistics.images(),
        statistics.mean(),
        statistics.std(),
        channels);
  }

  /**
   * Opens statistics.
   *
   * @throws CannotException if there are no readable statistics at {@code root}
   */
  static StatisticsFile open(URI root) {
    String what = "open the statistics " + JobFiles.shown(root);
    try {
      byte[] json =
          JobFiles.in(root)
              .read(Statistics.FILE)
              .orElseThrow(
                  () ->
                      new CannotException(
                          what,
                          "there is no "
                              + Statistics.FILE
                              + " in it; give the result of a stats job"));
      return Json.read(json, StatisticsFile.class);
    } catch (IOException e) {
      throw new CannotException(
          what, "its " + Statistics.FILE + " can't be read: " + e.getMessage(), e);
    }
  }

  void write(URI folder) throws IOException {
    try (OutputStream out = JobFiles.in(folder).create(Statistics.FILE)) {
      out.write(Json.bytes(this));
    }
  }

  /** Without the histograms. */
  Statistics statistics() {
    return new Statistics(
        digest,
        images,
        List.copyOf(mean),
        List.copyOf(std),
        channels.stream().map(Channel::minimum).toList(),
        channels.stream().map(Channel::maximum).toList());
  }

  Card card() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Figures(List.of(new Figure("images", Amounts.count(images), "split " + split))));
    blocks.addAll(ChannelBlocks.of(channels.stream().map(Channel::histogram).toList()));
    return new Card(blocks);
  }
}
