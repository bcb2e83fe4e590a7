package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * Grey in all channels, whose number does not change: draw 0 decides whether. torchvision's {@code
 * RandomGrayscale}, by Pillow's luma.
 */
@Variant(
    value = "grayscale",
    also = "greyscale",
    summary = "removes the colours",
    example = "{ grayscale = 0.1 }")
public record Grayscale(@Key(value = KeyText.PROBABILITY, or = "1", min = 0, max = 1) double p)
    implements Editing {
  @Override
  public void edit(Canvas canvas, Draws draws, int position, Noise noise) {
    if (draws.happens(position, 0, p)) {
      Blend.saturation(canvas, 0);
    }
  }
}
