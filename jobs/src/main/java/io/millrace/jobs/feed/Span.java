package io.millrace.jobs.feed;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive whole minibatches, the work of one task. The bounds of a minibatch depend only on the
 * pictures and the batch size, since an engine's last bits may depend on the size of a minibatch.
 *
 * @param from first position among the pictures, a multiple of the batch
 * @param to after the last position
 */
public record Span(long from, long to) implements Serializable {
  /** Few enough that progress is visible and a lost task costs little. */
  private static final long IMAGES_A_TASK = 2_000;

  /**
   * All spans, in order, none of them empty.
   *
   * @param images how many there are
   * @param batch images in a minibatch
   * @param slots how many tasks run at once
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
   * One of several spans that together hold all images; empty if there are fewer minibatches than
   * parts.
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

  /** How many images it has. */
  public long images() {
    return to - from;
  }

  private static long batches(long images, int batch) {
    return (images + batch - 1) / batch;
  }
}
