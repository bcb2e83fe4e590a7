package io.millrace.jobs.feed;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of whole minibatches, the work of one task. Where a minibatch begins and ends depends on
 * the pictures and the batch alone, since an engine's last bits may depend on the minibatch's size.
 *
 * @param from first position among the pictures, a multiple of the batch
 * @param to after the last position
 */
public record Span(long from, long to) implements Serializable {
  /** So that progress moves, and a lost task costs little. */
  private static final long IMAGES_A_TASK = 2_000;

  /**
   * All spans, in order, none of them empty.
   *
   * @param images there are
   * @param batch images in a minibatch
   * @param slots tasks that run at once
   */
  public static List<Span> of(long images, int batch, int slots) {
    long wanted = Math.max(slots, (images + IMAGES_A_TASK - 1) / IMAGES_A_TASK);
    long tasks = Math.min(batches(images, batch), wanted);
    List<Span> spans = new ArrayList<>();
    for (long task = 0; task < tasks; task++) {
      spans.add(part(images, batch, task, tasks));
    }
    return spans;
  }

  /**
   * One of several that hold all images together; empty if there are fewer minibatches than parts.
   *
   * @param part counted from 0
   * @param parts how many there are
   */
  public static Span part(long images, int batch, long part, long parts) {
    long batches = batches(images, batch);
    long from = Math.min(images, part * batches / parts * batch);
    long to = Math.min(images, (part + 1) * batches / parts * batch);
    return new Span(from, to);
  }

  /** How many it holds. */
  public long images() {
    return to - from;
  }

  private static long batches(long images, int batch) {
    return (images + batch - 1) / batch;
  }
}
