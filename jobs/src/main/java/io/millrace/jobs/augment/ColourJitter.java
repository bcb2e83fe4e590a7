package io.millrace.jobs.augment;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.ArrayList;
import java.util.List;

/**
 * Brightness, contrast and saturation in an order that is drawn, too: draw 0 is whether, draws 1
 * and 2 are the order. torchvision's {@code ColorJitter} without hue.
 */
@Variant(
    value = "colour-jitter",
    summary = "brightness, contrast and saturation in any order",
    example = "{ colour-jitter { brightness = 0.4, contrast = 0.4, saturation = 0.4 } }")
public record ColourJitter(
    @Key(value = "as in brightness", or = "0", min = -1, max = 10) Interval brightness,
    @Key(value = "as in contrast", or = "0", min = -1, max = 10) Interval contrast,
    @Key(value = "as in saturation", or = "0", min = -1, max = 10) Interval saturation,
    @Key(value = KeyText.PROBABILITY, or = "1", min = 0, max = 1) double p)
    implements Editing {
  private static final int PARTS = 3;

  /** Takes single numbers as both ends' distance from 0. */
  public ColourJitter {
    brightness = brightness.aroundZero();
    contrast = contrast.aroundZero();
    saturation = saturation.aroundZero();
  }

  @Override
  public void edit(Canvas canvas, Draws draws, int position, Noise noise) {
    if (!draws.happens(position, 0, p)) {
      return;
    }
    List<Editing> left = new ArrayList<>();
    left.add(new Brightness(brightness, 1));
    left.add(new Contrast(contrast, 1));
    left.add(new Saturation(saturation, 1));
    Draws own = draws.inside(position);
    for (int number = 1; number <= PARTS; number++) {
      int which = draws.below(position, number, left.size());
      left.remove(which).edit(canvas, own, number, noise);
    }
  }
}
