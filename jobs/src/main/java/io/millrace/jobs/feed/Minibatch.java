package io.millrace.jobs.feed;

import java.util.List;
import java.util.Optional;

/**
 * What a step is taken on. Its buffers may be used again for a later minibatch: they are valid
 * until the feed is asked for the next one.
 *
 * @param images {@code [N, C, H, W]}, normalised
 * @param targets {@code [N, classes]}, each row summing to 1; empty where no labels are
 * @param ids of the N images
 * @param labels of the N images, -1 = none
 */
public record Minibatch(Tensor images, Optional<Tensor> targets, List<String> ids, int[] labels) {
  /** N. */
  public int size() {
    return ids.size();
  }
}
