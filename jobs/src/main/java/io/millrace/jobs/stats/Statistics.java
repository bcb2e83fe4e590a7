package io.millrace.jobs.stats;

import java.io.Serializable;
import java.net.URI;
import java.util.List;

/**
 * Channel statistics of a split, as {@code stats.json} holds them.
 *
 * @param digest of the histograms
 * @param images how many images they are of
 * @param mean per channel, on the 0..1 scale
 * @param std per channel, on the 0..1 scale, dividing by N
 */
public record Statistics(String digest, long images, List<Double> mean, List<Double> std)
    implements Serializable {
  /**
   * @throws io.millrace.pipeline.CannotException if there are no readable statistics at {@code
   *     root}
   */
  public static Statistics open(URI root) {
    throw new UnsupportedOperationException("" + root);
  }
}
