package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/** Pads every side; torchvision's {@code Pad} with the modes of those names. */
@Variant(
    value = "pad",
    summary = "widens all sides by reflection, the edge's pixels or black",
    example = "{ pad { by = 4, with = reflect } }")
public record Pad(
    @Key(value = "pixels on each side", min = 1, max = 65_535) int by,
    @Key(
            value =
                "what fills them: reflect (without repeating the edge, numpy's reflect), edge (the"
                    + " edge's pixel) or zero (black)",
            or = "reflect")
        Filling with)
    implements Moving {
  @Override
  public void move(GatherIndex lines, Draws draws, int position) {
    lines.pad(by, with);
  }

  @Override
  public Sizes through(Sizes sizes) {
    if (with == Filling.REFLECT && sizes.isKnown() && by >= sizes.shorter()) {
      return sizes.refuse("can pad by at most " + (sizes.shorter() - 1));
    }
    return sizes.grownBy(by);
  }

  /** What padding is made of. */
  public enum Filling {
    /** The picture mirrored at its edge, the edge itself not repeated. */
    REFLECT,
    /** The nearest pixel. */
    EDGE,
    /** Black: level 0, before normalisation. */
    ZERO
  }
}
