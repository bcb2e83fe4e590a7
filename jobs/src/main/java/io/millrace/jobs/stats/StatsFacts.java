package io.millrace.jobs.stats;

import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.text.Amounts;
import io.millrace.pipeline.text.ValueText;
import java.util.ArrayList;
import java.util.List;

/** What {@code show} says of channel statistics. */
final class StatsFacts {
  private StatsFacts() {}

  /**
   * @param split that they are of
   */
  static List<Fact> rows(Statistics statistics, String split) {
    List<Fact> rows = new ArrayList<>();
    rows.add(new Fact("images", Amounts.count(statistics.images()) + " of split " + split));
    rows.add(new Fact("scale", "0 (black) to 1 (white)"));
    List<String> channels = ChannelBlocks.names(statistics.mean().size());
    for (int c = 0; c < channels.size(); c++) {
      rows.add(
          new Fact(
              channels.get(c),
              "mean %s, deviation %s"
                  .formatted(
                      ValueText.fraction(statistics.mean().get(c)),
                      ValueText.fraction(statistics.std().get(c)))));
    }
    return rows;
  }
}
