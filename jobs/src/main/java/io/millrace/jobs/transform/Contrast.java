package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * Moves all levels from or to their mean grey: the factor is 1 + a number drawn, draw 1; draw 0 is
 * whether. torchvision's {@code adjust_contrast}.
 */
@Variant(
    value = "contrast",
    summary = "strengthens or weakens the contrast",
    example = "{ contrast = 0.2 }")
public record Contrast(
    @Key(value = KeyText.ADDED, min = -1, max = 10) Interval by,
    @Key(value = KeyText.PROBABILITY, or = "1", min = 0, max = 1) double p)
    implements Editing {
  /** Takes a single number as both ends' distance from 0. */
  public Contrast {
    by = by.aroundZero().within(-1, 10);
  }

  @Override
  public void edit(Canvas canvas, Draws draws, int position, Noise noise) {
    if (draws.happens(position, 0, p)) {
      Blend.contrast(canvas, 1 + draws.between(position, 1, by));
    }
  }
}
