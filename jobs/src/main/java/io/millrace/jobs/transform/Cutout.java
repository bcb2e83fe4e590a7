package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.Arrays;

/**
 * Covers one square with the mean level, its centre anywhere, so that a part may lie outside:
 * DeVries and Taylor 2017, "Improved regularization of convolutional neural networks with cutout".
 * Draw 0 is the centre's row, draw 1 its column; the square reaches half its side, rounded down, to
 * all sides. The mean is the dataset's where its statistics are known, else the picture's.
 */
@Variant(
    value = "cutout",
    summary = "covers a square with the mean level",
    example = "{ cutout = 16 }")
public record Cutout(
    @Key(value = "side of the square in pixels", min = 2, max = 65_535) int size,
    @Key(value = Cutout.TOP, or = KeyText.ANYWHERE, min = 0, max = 1) Interval top,
    @Key(value = Cutout.LEFT, or = KeyText.ANYWHERE, min = 0, max = 1) Interval left)
    implements Editing {
  /** What the key {@code top} means. */
  static final String TOP =
      "where its centre may lie from the first row (0) to the last (1): a place or [least, most]";

  /** What the key {@code left} means. */
  static final String LEFT =
      "where its centre may lie from the first column (0) to the last (1): a place or [least,"
          + " most]";

  /** Takes single numbers as places. */
  public Cutout {
    top = top.exact();
    left = left.exact();
  }

  /** Anywhere. */
  public Cutout(int size) {
    this(size, Draws.ANYWHERE, Draws.ANYWHERE);
  }

  @Override
  public void edit(Canvas canvas, Draws draws, int position, Noise noise) {
    noise.look(canvas);
    int row = draws.place(position, 0, top, canvas.height() - 1);
    int column = draws.place(position, 1, left, canvas.width() - 1);
    int half = size / 2;
    int begin = Math.max(0, column - half);
    int end = Math.min(canvas.width(), column + half);
    byte[] pixels = canvas.own();
    for (int c = 0; c < canvas.channels(); c++) {
      for (int y = Math.max(0, row - half); y < Math.min(canvas.height(), row + half); y++) {
        int start = (c * canvas.height() + y) * canvas.width();
        Arrays.fill(pixels, start + begin, start + end, noise.plain(c));
      }
    }
  }
}
