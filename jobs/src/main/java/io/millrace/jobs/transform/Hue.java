package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * Turns all colours around the circle of hues, by a number drawn, draw 1; draw 0 is whether. A
 * whole turn is 1, and a grey picture stays as it is. torchvision's {@code adjust_hue}.
 */
@Variant(value = "hue", summary = "turns the colours", example = "{ hue = 0.1 }")
public record Hue(
    @Key(
            value = "share of a whole turn, drawn from [least, most]; a number x means [-x, x]",
            min = -0.5,
            max = 0.5)
        Interval by,
    @Key(value = KeyText.PROBABILITY, or = "1", min = 0, max = 1) double p)
    implements Editing {
  /** Takes a single number as both ends' distance from 0. */
  public Hue {
    by = by.aroundZero().within(-0.5, 0.5);
  }

  @Override
  public void edit(Canvas canvas, Draws draws, int position, Noise noise) {
    if (draws.happens(position, 0, p)) {
      ColourCircle.turn(canvas, draws.between(position, 1, by));
    }
  }
}
