package io.millrace.jobs.showing;

import io.millrace.jobs.stats.Statistics;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.List;

/** What {@code show} says of channel statistics. */
final class StatsFacts {
  private static final List<String> COLOURS = List.of("red", "green", "blue");

  private StatsFacts() {}

  /**
   * @param split that they are of
   */
  static List<List<String>> rows(Statistics statistics, String split) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("images", Amounts.count(statistics.images()) + " of split " + split));
    rows.add(List.of("scale", "0 (black) to 1 (white)"));
    int channels = statistics.mean().size();
    for (int c = 0; c < channels; c++) {
      rows.add(
          List.of(
              channel(c, channels),
              "mean %s, deviation %s"
                  .formatted(
                      ValueText.fraction(statistics.mean().get(c)),
                      ValueText.fraction(statistics.std().get(c)))));
    }
    return rows;
  }

  private static String channel(int number, int channels) {
    if (channels == 1) {
      return "grey";
    }
    return channels == COLOURS.size() ? COLOURS.get(number) : "channel " + (number + 1);
  }
}
