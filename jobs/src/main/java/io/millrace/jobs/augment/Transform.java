package io.millrace.jobs.augment;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;
import java.util.Locale;

/** One step of an augmentation chain, as configured: {@code { pad-reflect = 4 }}. */
public sealed interface Transform extends Serializable {
  /** Pads every side by reflection without repeating the edge (numpy's {@code reflect}). */
  @Variant("pad-reflect")
  record PadReflect(@Key(value = "pixels on each side", min = 1) int by) implements Transform {}

  /** Cuts a square at a place drawn uniformly: draw 0 is its first row, draw 1 its first column. */
  @Variant("random-crop")
  record RandomCrop(@Key(value = "side of the crop in pixels", min = 1) int size)
      implements Transform {}

  /** Mirrors with probability one half: draw 0. */
  @Variant("flip")
  record Flip(@Key("which way: horizontal or vertical") Axis axis) implements Transform {}

  /** The axis of a flip. */
  enum Axis {
    HORIZONTAL,
    VERTICAL;

    /** The name as it stands in configuration: lower case. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
