package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * Cuts a square at a place drawn uniformly: draw 0 is its first row, draw 1 its first column.
 * torchvision's {@code RandomCrop}.
 */
@Variant(
    value = "random-crop",
    summary = "cuts a square at a random place",
    example = "{ random-crop = 32 }")
public record RandomCrop(
    @Key(value = "side of the crop in pixels", min = 1, max = 65_535) int size,
    @Key(value = KeyText.TOP, or = KeyText.ANYWHERE, min = 0, max = 1) Interval top,
    @Key(value = KeyText.LEFT, or = KeyText.ANYWHERE, min = 0, max = 1) Interval left)
    implements Moving {
  /** Takes single numbers as places. */
  public RandomCrop {
    top = top.exact();
    left = left.exact();
  }

  /** Anywhere. */
  public RandomCrop(int size) {
    this(size, Draws.ANYWHERE, Draws.ANYWHERE);
  }

  /** Always at one place, from top (0) to bottom (1) and from left (0) to right (1). */
  static RandomCrop at(int size, double top, double left) {
    return new RandomCrop(size, Interval.of(top, top), Interval.of(left, left));
  }

  @Override
  public void move(GatherIndex lines, Draws draws, int position) {
    int row = draws.place(position, 0, top, lines.height() - size);
    int column = draws.place(position, 1, left, lines.width() - size);
    lines.crop(row, column, size, size);
  }

  @Override
  public Sizes through(Sizes sizes) {
    return sizes.cutTo(size);
  }
}
