package io.millrace.jobs.stats;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Figure;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code stats.json} holds for a page.
 *
 * @param split that was measured
 * @param images how many they are of
 * @param histograms one a channel
 */
record StatisticsFile(String split, long images, List<long[]> histograms) {
  /**
   * Opens statistics.
   *
   * @throws io.millrace.pipeline.CannotException if there are no readable statistics at {@code
   *     root}
   */
  static StatisticsFile open(URI root) {
    JsonNode json = Statistics.json(root);
    List<long[]> histograms = new ArrayList<>();
    for (JsonNode channel : json.path("channels")) {
      long[] histogram = new long[Histograms.VALUES];
      for (int value = 0; value < histogram.length; value++) {
        histogram[value] = channel.path("histogram").path(value).asLong();
      }
      histograms.add(histogram);
    }
    return new StatisticsFile(
        json.path("split").asText(), json.path("images").asLong(), histograms);
  }

  Card card() {
    List<Block> blocks = new ArrayList<>();
    String pictures = String.format(Locale.ROOT, "%,d", images);
    blocks.add(new Block.Figures(List.of(new Figure("images", pictures, "split " + split))));
    blocks.addAll(ChannelBlocks.of(histograms));
    return new Card(blocks);
  }
}
