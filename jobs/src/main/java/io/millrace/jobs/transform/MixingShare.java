package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Interval;
import java.util.Random;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.random.RandomGeneratorFactory;

/** How much of the other picture is mixed in: drawn from Beta(alpha, alpha). */
final class MixingShare {
  private MixingShare() {}

  /** A number of 0..1, from one draw. */
  static double drawn(double alpha, Draws draws, int position, int number) {
    // java.util.Random is specified bit for bit, and so are the numbers that are made from it.
    Random random = new Random(draws.bits(position, number));
    return new BetaDistribution(RandomGeneratorFactory.createRandomGenerator(random), alpha, alpha)
        .sample();
  }

  /** A number of 0..1 scaled to an interval. */
  static double within(Interval interval, double part) {
    return interval.from() + part * (interval.to() - interval.from());
  }
}
