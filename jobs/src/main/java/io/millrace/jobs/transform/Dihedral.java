package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * One of the eight symmetries of a square, drawn uniformly: draw 0. Of its number bit 0 exchanges
 * left and right, bit 1 top and bottom, and bit 2, before both, rows and columns. fast.ai's {@code
 * dihedral}, for pictures taken from above.
 */
@Variant(
    value = "dihedral",
    summary = "one of the eight symmetries of a square",
    example = "{ dihedral { } }")
public record Dihedral(
    @Key(
            value = "which of the symmetries 0 to 7: one, or [least, most] to draw from",
            or = "[0, 7]",
            min = 0,
            max = 7)
        Interval which)
    implements Editing {
  private static final int ACROSS = 1;
  private static final int DOWN = 2;
  private static final int EXCHANGE = 4;

  /** Takes a single number as that symmetry. */
  public Dihedral {
    which = which.exact().whole();
  }

  @Override
  public void edit(Canvas canvas, Draws draws, int position, Noise noise) {
    int symmetry = draws.count(position, 0, which);
    if (symmetry == 0) {
      return;
    }
    boolean exchanges = (symmetry & EXCHANGE) != 0;
    int height = exchanges ? canvas.width() : canvas.height();
    int width = exchanges ? canvas.height() : canvas.width();
    byte[] from = canvas.pixels();
    byte[] to = canvas.next(height, width);
    for (int c = 0, at = 0; c < canvas.channels(); c++) {
      for (int y = 0; y < height; y++) {
        int row = (symmetry & DOWN) != 0 ? height - 1 - y : y;
        for (int x = 0; x < width; x++) {
          int column = (symmetry & ACROSS) != 0 ? width - 1 - x : x;
          int place = exchanges ? column * canvas.width() + row : row * canvas.width() + column;
          to[at++] = from[c * canvas.plane() + place];
        }
      }
    }
    canvas.turn(height, width);
  }

  @Override
  public Sizes through(Sizes sizes) {
    return which.to() >= EXCHANGE && sizes.isKnown() && sizes.height() != sizes.width()
        ? sizes.refuse("exchanges rows and columns, so it takes squares")
        : sizes;
  }
}
