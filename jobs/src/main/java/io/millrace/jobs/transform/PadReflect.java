package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/** {@link Pad} by reflection, under a name of its own. */
@Variant(
    value = "pad-reflect",
    summary = "widens all sides by reflection",
    example = "{ pad-reflect = 4 }")
public record PadReflect(@Key(value = "pixels on each side", min = 1, max = 65_535) int by)
    implements Moving {
  @Override
  public void move(GatherIndex lines, Draws draws, int position) {
    padding().move(lines, draws, position);
  }

  @Override
  public Sizes through(Sizes sizes) {
    return padding().through(sizes);
  }

  private Pad padding() {
    return new Pad(by, Pad.Filling.REFLECT);
  }
}
