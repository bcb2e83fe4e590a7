package io.millrace.jobs.augment;

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
public record Cutout(@Key(value = "side of the square in pixels", min = 2, max = 65_535) int size)
    implements Editing {
  @Override
  public void edit(Canvas canvas, Draws draws, int position, Noise noise) {
    noise.look(canvas);
    int row = draws.below(position, 0, canvas.height());
    int column = draws.below(position, 1, canvas.width());
    int half = size / 2;
    int left = Math.max(0, column - half);
    int right = Math.min(canvas.width(), column + half);
    byte[] pixels = canvas.own();
    for (int c = 0; c < canvas.channels(); c++) {
      for (int y = Math.max(0, row - half); y < Math.min(canvas.height(), row + half); y++) {
        int start = (c * canvas.height() + y) * canvas.width();
        Arrays.fill(pixels, start + left, start + right, noise.plain(c));
      }
    }
  }
}
