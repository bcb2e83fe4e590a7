package io.millrace.jobs.transform;

import io.millrace.jobs.random.Bits;
import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * Covers patches with Gaussian noise of the data's mean and deviation, cut to its range, so that
 * the statistics stay as they are: fast.ai's lesson 18, after Zhong et al. 2017, "Random erasing
 * data augmentation". How many is draw 0, uniform in the interval; patch k takes draws 3k + 1
 * (row), 3k + 2 (column) and 3k + 3 (noise). Patches may overlap. Mean and deviation are the
 * dataset's where its statistics are known, else the picture's.
 */
@Variant(
    value = "random-erase",
    summary = "covers patches with noise",
    example = "{ random-erase { patches = 4, share = 0.2 } }")
public record RandomErase(
    @Key(value = KeyText.PATCHES, or = "4", min = 0, max = 1000) Interval patches,
    @Key(value = KeyText.SHARE, or = "0.2", min = 0, max = 1) double share,
    @Key(value = KeyText.TOP, or = KeyText.ANYWHERE, min = 0, max = 1) Interval top,
    @Key(value = KeyText.LEFT, or = KeyText.ANYWHERE, min = 0, max = 1) Interval left)
    implements Editing {
  private static final int DRAWS = 3;

  /** Takes a single number as the most. */
  public RandomErase {
    patches = patches.since(0).whole();
    top = top.exact();
    left = left.exact();
  }

  /** Anywhere. */
  public RandomErase(Interval patches, double share) {
    this(patches, share, Draws.ANYWHERE, Draws.ANYWHERE);
  }

  @Override
  public void edit(Canvas canvas, Draws draws, int position, Noise noise) {
    int count = draws.count(position, 0, patches);
    int height = (int) (share * canvas.height());
    int width = (int) (share * canvas.width());
    if (count == 0 || height == 0 || width == 0) {
      return;
    }
    noise.look(canvas);
    byte[] pixels = canvas.own();
    for (int k = 0; k < count; k++) {
      int row = draws.place(position, DRAWS * k + 1, top, canvas.height() - height);
      int column = draws.place(position, DRAWS * k + 2, left, canvas.width() - width);
      long bits = draws.bits(position, DRAWS * k + 3);
      for (int c = 0; c < canvas.channels(); c++) {
        for (int y = row; y < row + height; y++) {
          int line = c * canvas.height() + y;
          noise.fill(pixels, c, line * canvas.width() + column, width, Bits.absorb(bits, line));
        }
      }
    }
  }
}
