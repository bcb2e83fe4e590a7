package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * Moves all colours from or to their grey: the factor is 1 + a number drawn, draw 1; draw 0 is
 * whether. torchvision's {@code adjust_saturation}.
 */
@Variant(
    value = "saturation",
    summary = "strengthens or weakens the colours",
    example = "{ saturation = 0.2 }")
public record Saturation(
    @Key(value = KeyText.ADDED, min = -1, max = 10) Interval by,
    @Key(value = KeyText.PROBABILITY, or = "1", min = 0, max = 1) double p)
    implements Editing {
  /** Takes a single number as both ends' distance from 0. */
  public Saturation {
    by = by.aroundZero().within(-1, 10);
  }

  @Override
  public void edit(Canvas canvas, Draws draws, int position, Noise noise) {
    if (draws.happens(position, 0, p)) {
      Blend.saturation(canvas, 1 + draws.between(position, 1, by));
    }
  }
}
