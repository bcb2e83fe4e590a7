package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * Mixes another picture and its label into one: Zhang et al. 2017, "mixup: beyond empirical risk
 * minimization". Draw 0 says whether, draw 1 how much: the smaller of lambda and 1 - lambda, lambda
 * from Beta(alpha, alpha), as fast.ai has it, so that a picture's own label stays the likeliest.
 */
@Variant(
    value = "mixup",
    summary = "mixes another picture and its label in",
    example = "{ mixup = 0.4 }")
public record Mixup(
    @Key(value = KeyText.ALPHA, or = "0.4", min = 0.01, max = 100) double alpha,
    @Key(value = KeyText.PROBABILITY, or = "1", min = 0, max = 1) double p,
    @Key(value = KeyText.OTHERS_SHARE, or = "[0, 0.5]", min = 0, max = 1) Interval share)
    implements Mixing {
  private static final int HALVES = 2;

  /** Takes a single number as that share. */
  public Mixup {
    share = share.exact();
  }

  @Override
  public float mix(
      float[] own, float[] other, float[] into, int height, int width, Draws draws, int position) {
    float others = 0;
    if (draws.happens(position, 0, p)) {
      double lambda = MixingShare.drawn(alpha, draws, position, 1);
      others = (float) MixingShare.within(share, HALVES * Math.min(lambda, 1 - lambda));
    }
    float rest = 1 - others;
    for (int i = 0; i < own.length; i++) {
      into[i] = rest * own[i] + others * other[i];
    }
    return others;
  }
}
