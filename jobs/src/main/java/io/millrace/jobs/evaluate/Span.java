package io.millrace.jobs.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of whole minibatches, the work of one task. Where a minibatch begins and ends depends on
 * the pictures and the batch alone, since an engine's last bits may hang on the minibatch's size.
 *
 * @param from first position among the pictures, a multiple of the batch
 * @param to after the last position
 */
public record Span(long from, long to) implements Serializable {
  /** So that progress moves, and a lost task costs little. */
  private static final long IMAGES_A_TASK = 2_000;

  /**
   * All spans, in order.
   *
   * @param images there are
   * @param batch images in a minibatch
   * @param slots tasks that run at once
   */
  public static List<Span> of(long images, int batch, int slots) {
    long batches = (images + batch - 1) / batch;
    long wanted = Math.max(slots, (images + IMAGES_A_TASK - 1) / IMAGES_A_TASK);
    long tasks = Math.min(batches, wanted);
    List<Span> spans = new ArrayList<>();
    for (long task = 0; task < tasks; task++) {
      long from = task * batches / tasks * batch;
      long to = Math.min(images, (task + 1) * batches / tasks * batch);
      spans.add(new Span(from, to));
    }
    return spans;
  }

  /** How many it holds. */
  public long images() {
    return to - from;
  }
}
