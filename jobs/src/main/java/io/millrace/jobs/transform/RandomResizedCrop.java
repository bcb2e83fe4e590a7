package io.millrace.jobs.transform;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.PixelSource;
import io.millrace.jobs.image.PixelSource.Part;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.resample.PixelsInMemory;
import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * Cuts a part of random area and aspect and brings it to a square: torchvision's {@code
 * RandomResizedCrop} (Szegedy et al. 2014, "Going deeper with convolutions"). Ten times it draws
 * area, aspect (uniform in its logarithm), row and column, draws 4k to 4k + 3, and takes the first
 * part that fits; otherwise the largest one whose aspect is allowed, as near to the middle as top
 * and left allow.
 */
@Variant(
    value = "random-resized-crop",
    summary = "resizes a random part to one size",
    example = "{ random-resized-crop { size = 224, area = [0.08, 1], aspect = [0.75, 1.333] } }")
public record RandomResizedCrop(
    @Key(value = "side of the result in pixels", min = 1, max = 65_535) int size,
    @Key(value = "the part's share of the picture's area", or = "[0.08, 1]", min = 0.0001, max = 1)
        Interval area,
    @Key(value = "the part's width / height", or = "[0.75, 1.3333333]", min = 0.01, max = 100)
        Interval aspect,
    @Key(value = KeyText.TOP, or = KeyText.ANYWHERE, min = 0, max = 1) Interval top,
    @Key(value = KeyText.LEFT, or = KeyText.ANYWHERE, min = 0, max = 1) Interval left)
    implements Editing, Opening {
  private static final int TRIES = 10;
  private static final int DRAWS = 4;

  /** Takes single numbers as that value. */
  public RandomResizedCrop {
    area = area.exact();
    aspect = aspect.exact();
    top = top.exact();
    left = left.exact();
  }

  /** Anywhere. */
  public RandomResizedCrop(int size, Interval area, Interval aspect) {
    this(size, area, aspect, Draws.ANYWHERE, Draws.ANYWHERE);
  }

  @Override
  public void edit(Canvas canvas, Draws draws, int position, Noise noise) {
    canvas.take(open(new PixelsInMemory(canvas.image()), draws, position));
  }

  @Override
  public Image open(PixelSource source, Draws draws, int position) {
    Part part = part(source.height(), source.width(), draws, position);
    return source.resized(part, new Sizing.Exact(size, size));
  }

  Part part(int height, int width, Draws draws, int position) {
    Interval logarithm = Interval.of(StrictMath.log(aspect.from()), StrictMath.log(aspect.to()));
    for (int k = 0; k < TRIES * DRAWS; k += DRAWS) {
      double pixels = draws.between(position, k, area) * height * width;
      double ratio = StrictMath.exp(draws.between(position, k + 1, logarithm));
      int columns = (int) Math.rint(Math.sqrt(pixels * ratio));
      int rows = (int) Math.rint(Math.sqrt(pixels / ratio));
      if (columns > 0 && columns <= width && rows > 0 && rows <= height) {
        return new Part(
            draws.place(position, k + 2, top, height - rows),
            draws.place(position, k + 3, left, width - columns),
            rows,
            columns);
      }
    }
    return middle(height, width);
  }

  private Part middle(int height, int width) {
    double whole = (double) width / height;
    int columns = width;
    int rows = height;
    if (whole < aspect.from()) {
      rows = (int) Math.rint(width / aspect.from());
    } else if (whole > aspect.to()) {
      columns = (int) Math.rint(height * aspect.to());
    }
    rows = Math.max(1, Math.min(height, rows));
    columns = Math.max(1, Math.min(width, columns));
    return new Part(
        nearTheMiddle(top, height - rows), nearTheMiddle(left, width - columns), rows, columns);
  }

  private static int nearTheMiddle(Interval within, int room) {
    int least = (int) Math.rint(within.from() * room);
    int most = (int) Math.rint(within.to() * room);
    return Math.max(least, Math.min(most, room / 2));
  }

  @Override
  public Sizes through(Sizes sizes) {
    return Sizes.of(size, size);
  }
}
