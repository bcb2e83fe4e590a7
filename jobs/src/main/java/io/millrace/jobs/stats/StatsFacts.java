package io.millrace.jobs.stats;

import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.text.Amounts;
import io.millrace.pipeline.text.ValueText;
import java.util.ArrayList;
import java.util.List;

/** What {@code show} says of channel statistics. */
final class StatsFacts {
  private static final List<String> COLOURS = List.of("red", "green", "blue");

  private StatsFacts() {}

  /**
   * @param split that they are of
   */
  static List<Fact> rows(Statistics statistics, String split) {
    List<Fact> rows = new ArrayList<>();
    rows.add(new Fact("images", Amounts.count(statistics.images()) + " of split " + split));
    rows.add(new Fact("scale", "0 (black) to 1 (white)"));
    int channels = statistics.mean().size();
    for (int c = 0; c < channels; c++) {
      rows.add(
          new Fact(
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
