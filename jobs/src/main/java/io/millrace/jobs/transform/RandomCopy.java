package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * Covers patches with other patches of the same picture: fast.ai's lesson 18. How many is draw 0,
 * uniform in the interval; patch k takes draws 4k + 1 to 4k + 4: row and column of the place that
 * is covered, row and column of what it is covered with.
 */
@Variant(
    value = "random-copy",
    summary = "covers patches with others of the same picture",
    example = "{ random-copy { patches = 4, share = 0.2 } }")
public record RandomCopy(
    @Key(value = KeyText.PATCHES, or = "4", min = 0, max = 1000) Interval patches,
    @Key(value = KeyText.SHARE, or = "0.2", min = 0, max = 1) double share,
    @Key(value = KeyText.TOP, or = KeyText.ANYWHERE, min = 0, max = 1) Interval top,
    @Key(value = KeyText.LEFT, or = KeyText.ANYWHERE, min = 0, max = 1) Interval left,
    @Key(value = RandomCopy.FROM_TOP, or = KeyText.ANYWHERE, min = 0, max = 1) Interval fromTop,
    @Key(value = RandomCopy.FROM_LEFT, or = KeyText.ANYWHERE, min = 0, max = 1) Interval fromLeft)
    implements Editing {
  /** What the key {@code from-top} means. */
  static final String FROM_TOP =
      "where the copied patch may lie from top (0) to bottom (1): a place or [least, most]";

  /** What the key {@code from-left} means. */
  static final String FROM_LEFT =
      "where the copied patch may lie from left (0) to right (1): a place or [least, most]";

  private static final int DRAWS = 4;

  /** Takes a single number as the most. */
  public RandomCopy {
    patches = patches.since(0).whole();
    top = top.exact();
    left = left.exact();
    fromTop = fromTop.exact();
    fromLeft = fromLeft.exact();
  }

  /** From anywhere to anywhere. */
  public RandomCopy(Interval patches, double share) {
    this(patches, share, Draws.ANYWHERE, Draws.ANYWHERE, Draws.ANYWHERE, Draws.ANYWHERE);
  }

  @Override
  public void edit(Canvas canvas, Draws draws, int position, Noise noise) {
    int count = draws.count(position, 0, patches);
    int height = (int) (share * canvas.height());
    int width = (int) (share * canvas.width());
    if (count == 0 || height == 0 || width == 0) {
      return;
    }
    byte[] pixels = canvas.own();
    byte[] patch = new byte[height * width];
    int down = canvas.height() - height;
    int across = canvas.width() - width;
    for (int k = 0; k < count * DRAWS; k += DRAWS) {
      int to = draws.place(position, k + 1, top, down) * canvas.width();
      to += draws.place(position, k + 2, left, across);
      int from = draws.place(position, k + 3, fromTop, down) * canvas.width();
      from += draws.place(position, k + 4, fromLeft, across);
      for (int c = 0; c < canvas.channels(); c++) {
        int base = c * canvas.plane();
        // The two may overlap, so the whole patch is read before it is written.
        for (int y = 0; y < height; y++) {
          System.arraycopy(pixels, base + from + y * canvas.width(), patch, y * width, width);
        }
        for (int y = 0; y < height; y++) {
          System.arraycopy(patch, y * width, pixels, base + to + y * canvas.width(), width);
        }
      }
    }
  }
}
