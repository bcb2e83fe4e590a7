package io.millrace.jobs.transform;

import io.millrace.jobs.stats.Statistics;
import java.io.Serializable;
import java.util.List;

/**
 * Statistics of a dataset's levels, channel by channel, all on the 0..255 scale.
 *
 * @param mean of all pixels
 * @param std standard deviation of all pixels
 * @param least level that occurs
 * @param most level that occurs
 */
public record Levels(List<Double> mean, List<Double> std, List<Integer> least, List<Integer> most)
    implements Serializable {
  /** Nothing is known; each picture's own levels are used. */
  public static final Levels UNKNOWN = new Levels(List.of(), List.of(), List.of(), List.of());

  private static final int BRIGHTEST = 255;

  /**
   * @throws IllegalArgumentException if the lists are not of one length
   */
  public Levels {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    least = List.copyOf(least);
    most = List.copyOf(most);
    int channels = mean.size();
    if (std.size() != channels || least.size() != channels || most.size() != channels) {
      throw new IllegalArgumentException("levels of a different number of channels");
    }
  }

  /** The levels of given statistics. */
  public static Levels of(Statistics statistics) {
    return new Levels(
        statistics.mean().stream().map(it -> it * BRIGHTEST).toList(),
        statistics.std().stream().map(it -> it * BRIGHTEST).toList(),
        statistics.minimum(),
        statistics.maximum());
  }

  int channels() {
    return mean.size();
  }
}
