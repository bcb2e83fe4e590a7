package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * Turns the picture about its centre, anticlockwise: draw 0 is whether, 1 how far. fast.ai's {@code
 * RandomRotate}: {@code rotate = 10} draws from -10 to 10 degrees.
 */
@Variant(value = "rotate", summary = "turns by a small random angle", example = "{ rotate = 10 }")
public record Rotate(
    @Key(
            value = "degrees, drawn from [least, most]; a number x means [-x, x]",
            min = -180,
            max = 180)
        Interval degrees,
    @Key(value = KeyText.PROBABILITY, or = "1", min = 0, max = 1) double p)
    implements Warping {
  /** Takes a single number as both ends' distance from 0. */
  public Rotate {
    degrees = degrees.aroundZero();
  }

  @Override
  public Affine map(int height, int width, Draws draws, int position) {
    if (!draws.happens(position, 0, p)) {
      return Affine.IDENTITY;
    }
    double angle = StrictMath.toRadians(draws.between(position, 1, degrees));
    double cosine = StrictMath.cos(angle);
    double sine = StrictMath.sin(angle);
    double x = (width - 1) / 2.0;
    double y = (height - 1) / 2.0;
    return new Affine(
        cosine, -sine, x - cosine * x + sine * y, sine, cosine, y - sine * x - cosine * y);
  }
}
