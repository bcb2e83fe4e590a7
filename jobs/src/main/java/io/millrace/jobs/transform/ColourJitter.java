package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.ArrayList;
import java.util.List;

/**
 * Brightness, contrast, saturation and hue in random order: draw 0 decides whether, draws 1 to 3
 * the order. If hue is 0 it is not part of the order. torchvision's {@code ColorJitter}.
 */
@Variant(
    value = "colour-jitter",
    also = "color-jitter",
    summary = "changes brightness, contrast, saturation and hue in random order",
    example = "{ colour-jitter { brightness = 0.4, contrast = 0.4, saturation = 0.4, hue = 0.1 } }")
public record ColourJitter(
    @Key(value = "as in brightness", or = "0", min = -1, max = 10) Interval brightness,
    @Key(value = "as in contrast", or = "0", min = -1, max = 10) Interval contrast,
    @Key(value = "as in saturation", or = "0", min = -1, max = 10) Interval saturation,
    @Key(value = "as in hue", or = "0", min = -0.5, max = 0.5) Interval hue,
    @Key(value = KeyText.PROBABILITY, or = "1", min = 0, max = 1) double p)
    implements Editing {
  /** Takes single numbers as both ends' distance from 0. */
  public ColourJitter {
    brightness = brightness.aroundZero();
    contrast = contrast.aroundZero();
    saturation = saturation.aroundZero();
    hue = hue.aroundZero();
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
    if (hue.from() != 0 || hue.to() != 0) {
      left.add(new Hue(hue, 1));
    }
    Draws own = draws.inside(position);
    for (int number = 1; !left.isEmpty(); number++) {
      int which = draws.below(position, number, left.size());
      left.remove(which).edit(canvas, own, number, noise);
    }
  }
}
