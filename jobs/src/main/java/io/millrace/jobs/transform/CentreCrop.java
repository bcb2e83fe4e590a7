package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * Cuts a square from the middle; of two possible middles the one that torchvision's {@code
 * CenterCrop} takes (half of the rest, rounded to the even number).
 */
@Variant(
    value = "centre-crop",
    also = "center-crop",
    summary = "cuts a square from the middle",
    example = "{ centre-crop = 32 }")
public record CentreCrop(@Key(value = "side of the crop in pixels", min = 1, max = 65_535) int size)
    implements Moving {
  @Override
  public void move(GatherIndex lines, Draws draws, int position) {
    lines.crop(middle(lines.height() - size), middle(lines.width() - size), size, size);
  }

  static int middle(int room) {
    return (int) Math.rint(room / 2.0);
  }

  @Override
  public Sizes through(Sizes sizes) {
    return sizes.cutTo(size);
  }
}
