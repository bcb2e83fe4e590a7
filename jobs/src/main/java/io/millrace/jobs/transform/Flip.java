package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.Locale;

/** Mirrors with a probability: draw 0. torchvision's {@code RandomHorizontalFlip} and its like. */
@Variant(
    value = "flip",
    summary = "mirrors left and right, or top and bottom",
    example = "{ flip = horizontal }")
public record Flip(
    @Key("which way: horizontal or vertical") Axis axis,
    @Key(value = KeyText.PROBABILITY, or = "0.5", min = 0, max = 1) double p)
    implements Moving {
  /** Half of the time. */
  public Flip(Axis axis) {
    this(axis, 0.5);
  }

  @Override
  public void move(GatherIndex lines, Draws draws, int position) {
    if (draws.happens(position, 0, p)) {
      lines.reverse(axis == Axis.HORIZONTAL);
    }
  }

  /** The direction of mirroring. */
  public enum Axis {
    /** Left and right change places. */
    HORIZONTAL,
    /** Top and bottom change places. */
    VERTICAL;

    /** The name as it stands in configuration: lower case. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
