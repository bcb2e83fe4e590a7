package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * The usual set for photographs taken from the side: fast.ai's {@code transforms_side_on} with
 * {@code max_zoom}: a turn of up to 10 degrees with probability 0.75, a little brightness and
 * contrast, a zoom, and a flip.
 */
@Variant(
    value = "side-on",
    summary = "the usual set: rotate, zoom, brightness, contrast, flip",
    example = "{ side-on = 1.1 }")
public record SideOn(
    @Key(value = "largest zoom", or = "1.1", min = 1, max = 10) double zoom,
    @Key(value = "largest turn in degrees", or = "10", min = 0, max = 180) double degrees,
    @Key(value = "largest change of brightness and contrast", or = "0.05", min = 0, max = 1)
        double light)
    implements Composite {
  private static final double TURNS = 0.75;

  @Override
  public List<Transform> parts() {
    Interval lit = Interval.of(-light, light);
    return List.of(
        new Rotate(Interval.of(-degrees, degrees), TURNS),
        new Zoom(Interval.of(1, zoom)),
        new Brightness(lit, 1),
        new Contrast(lit, 1),
        new Flip(Flip.Axis.HORIZONTAL));
  }
}
