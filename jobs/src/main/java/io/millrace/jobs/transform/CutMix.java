package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * Covers a rectangle with the same rectangle of another picture, and gives that one's label the
 * share of the area that was covered: Yun et al. 2019, "CutMix". Draw 0 says whether, draw 1 the
 * area (from Beta(alpha, alpha)), draws 2 and 3 the row and column of the middle, which may lie so
 * that a part of the rectangle is outside.
 */
@Variant(
    value = "cutmix",
    summary = "covers a part with that of another picture; labels are mixed by area",
    example = "{ cutmix = 1 }")
public record CutMix(
    @Key(value = KeyText.ALPHA, or = "1", min = 0.01, max = 100) double alpha,
    @Key(value = KeyText.PROBABILITY, or = "1", min = 0, max = 1) double p,
    @Key(value = KeyText.OTHERS_SHARE, or = "[0, 1]", min = 0, max = 1) Interval share)
    implements Mixing {
  private static final int HALVES = 2;

  /** Takes a single number as that share. */
  public CutMix {
    share = share.exact();
  }

  @Override
  public float mix(
      float[] own, float[] other, float[] into, int height, int width, Draws draws, int position) {
    System.arraycopy(own, 0, into, 0, own.length);
    if (!draws.happens(position, 0, p)) {
      return 0;
    }
    double area = MixingShare.within(share, MixingShare.drawn(alpha, draws, position, 1));
    double side = Math.sqrt(area);
    int halfHeight = (int) (side * height) / HALVES;
    int halfWidth = (int) (side * width) / HALVES;
    int row = draws.below(position, 2, height);
    int column = draws.below(position, 3, width);
    int top = Math.max(0, row - halfHeight);
    int bottom = Math.min(height, row + halfHeight);
    int left = Math.max(0, column - halfWidth);
    int right = Math.min(width, column + halfWidth);
    int plane = height * width;
    for (int channel = 0; channel < own.length; channel += plane) {
      for (int y = top; y < bottom; y++) {
        int start = channel + y * width + left;
        System.arraycopy(other, start, into, start, right - left);
      }
    }
    return (bottom - top) * (right - left) / (float) plane;
  }
}
