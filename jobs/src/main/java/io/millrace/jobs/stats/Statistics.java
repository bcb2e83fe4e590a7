package io.millrace.jobs.stats;

import io.millrace.pipeline.store.Digests;
import java.io.Serializable;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * Channel statistics of a split, as {@code stats.json} holds them.
 *
 * @param digest of the histograms
 * @param images how many images were measured
 * @param mean per channel, on the 0..1 scale
 * @param std per channel, on the 0..1 scale, dividing by N
 * @param minimum least level per channel, 0..255
 * @param maximum highest level per channel, 0..255
 */
public record Statistics(
    String digest,
    long images,
    List<Double> mean,
    List<Double> std,
    List<Integer> minimum,
    List<Integer> maximum)
    implements Serializable {
  /** The name of this kind of artifact. */
  public static final String KIND = "statistics";

  /** The file within the artifact. */
  public static final String FILE = "stats.json";

  /**
   * Opens statistics.
   *
   * @throws io.millrace.pipeline.CannotException if there are no readable statistics at {@code
   *     root}
   */
  public static Statistics open(URI root) {
    return StatisticsFile.open(root).statistics();
  }

  static Statistics of(Histograms histograms, List<ChannelFigures> channels) {
    StringBuilder content = new StringBuilder();
    for (int c = 0; c < histograms.channels(); c++) {
      content.append(Arrays.toString(histograms.channel(c))).append('\n');
    }
    return new Statistics(
        Digests.of(content.toString()),
        histograms.images(),
        channels.stream().map(ChannelFigures::mean).toList(),
        channels.stream().map(ChannelFigures::std).toList(),
        channels.stream().map(ChannelFigures::minimum).toList(),
        channels.stream().map(ChannelFigures::maximum).toList());
  }
}
