package io.millrace.jobs.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Channel statistics of a split, as {@code stats.json} holds them.
 *
 * @param digest of the histograms
 * @param images how many images they are of
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
  /** What a stage makes whose artifact this is, in words. */
  public static final String KIND = "statistics";

  /** The file within the artifact. */
  public static final String FILE = "stats.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Opens statistics.
   *
   * @throws CannotException if there are no readable statistics at {@code root}
   */
  public static Statistics open(URI root) {
    JsonNode node = json(root);
    return new Statistics(
        node.path("digest").asText(),
        node.path("images").asLong(),
        doubles(node.path("mean")),
        doubles(node.path("std")),
        levels(node.path("channels"), "minimum"),
        levels(node.path("channels"), "maximum"));
  }

  /** The file as it is; throws like {@link #open}. */
  static JsonNode json(URI root) {
    String what = "open the statistics " + JobFiles.shown(root);
    try {
      byte[] json =
          JobFiles.in(root)
              .read(FILE)
              .orElseThrow(
                  () ->
                      new CannotException(
                          what, "there is no " + FILE + " in it; give what a stats job made"));
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new CannotException(what, "its " + FILE + " can't be read: " + e.getMessage(), e);
    }
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

  void write(URI folder, Split split, Histograms histograms, List<ChannelFigures> channels)
      throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("digest", digest);
    root.put("split", split.text());
    root.put("images", images);
    root.put("mean", mean);
    root.put("std", std);
    List<Map<String, Object>> details = new ArrayList<>();
    for (int c = 0; c < channels.size(); c++) {
      ChannelFigures figures = channels.get(c);
      Map<String, Object> channel = new LinkedHashMap<>();
      channel.put("count", figures.count());
      channel.put("mean", figures.mean());
      channel.put("std", figures.std());
      channel.put("minimum", figures.minimum());
      channel.put("maximum", figures.maximum());
      channel.put("histogram", histograms.channel(c));
      details.add(channel);
    }
    root.put("channels", details);
    try (OutputStream out = JobFiles.in(folder).create(FILE)) {
      out.write(JSON.writeValueAsBytes(root));
    }
  }

  private static List<Integer> levels(JsonNode channels, String key) {
    List<Integer> levels = new ArrayList<>();
    channels.forEach(channel -> levels.add(channel.path(key).asInt()));
    return levels;
  }

  private static List<Double> doubles(JsonNode array) {
    List<Double> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asDouble()));
    return values;
  }
}
