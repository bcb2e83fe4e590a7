package io.millrace.jobs.augment;

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
    @Key(value = KeyText.SHARE, or = "0.2", min = 0, max = 1) double share)
    implements Editing {
  private static final int DRAWS = 4;

  /** Takes a single number as the most. */
  public RandomCopy {
    patches = patches.since(0).whole();
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
    int down = canvas.height() - height + 1;
    int across = canvas.width() - width + 1;
    for (int k = 0; k < count * DRAWS; k += DRAWS) {
      int to = draws.below(position, k + 1, down) * canvas.width();
      to += draws.below(position, k + 2, across);
      int from = draws.below(position, k + 3, down) * canvas.width();
      from += draws.below(position, k + 4, across);
      for (int c = 0; c < canvas.channels(); c++) {
        int base = c * canvas.plane();
        // The two may overlap, so the whole patch is taken up before it is put down.
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
