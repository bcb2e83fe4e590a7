package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * Enlarges a part of the picture to its whole size: draw 0 is whether, 1 how much, 2 and 3 where.
 * fast.ai's {@code max_zoom}: {@code zoom = 1.1} draws from 1 to 1.1.
 */
@Variant(
    value = "zoom",
    summary = "enlarges a random part to the whole size",
    example = "{ zoom = 1.1 }")
public record Zoom(
    @Key(value = "how much, drawn from [least, most]; a number x means [1, x]", min = 0.1, max = 10)
        Interval by,
    @Key(value = KeyText.PROBABILITY, or = "1", min = 0, max = 1) double p,
    @Key(value = "where from top (0) to bottom (1)", or = "[0, 1]", min = 0, max = 1) Interval top,
    @Key(value = "where from left (0) to right (1)", or = "[0, 1]", min = 0, max = 1) Interval left)
    implements Warping {
  /** Takes a single number as the far end. */
  public Zoom {
    by = by.since(1);
    top = top.exact();
    left = left.exact();
  }

  /** Always, anywhere. */
  public Zoom(Interval by) {
    this(by, 1, Draws.ANYWHERE, Draws.ANYWHERE);
  }

  @Override
  public Affine map(int height, int width, Draws draws, int position) {
    if (!draws.happens(position, 0, p)) {
      return Affine.IDENTITY;
    }
    double factor = draws.between(position, 1, by);
    double first = (height - height / factor) * draws.between(position, 2, top);
    double column = (width - width / factor) * draws.between(position, 3, left);
    // Pixels count from their centres, which lie half a pixel inside.
    double inside = 0.5 / factor - 0.5;
    return new Affine(1 / factor, 0, column + inside, 0, 1 / factor, first + inside);
  }
}
