package io.millrace.jobs.schedule;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;
import java.util.Optional;

/**
 * The form of the curve from one value to another, written {@code decay = cosine} or {@code decay =
 * { polynomial = 0.9 }}. The formulas are those of fast.ai's training phases (course of 2018,
 * lesson 13); the first value is reached exactly.
 */
public sealed interface Decay extends Serializable {
  /**
   * The value on the curve.
   *
   * @param done share of the way, 0..1
   */
  double at(double from, double to, double done);

  /** Why there is no such curve between two values. */
  default Optional<String> refusal(double from, double to) {
    return Optional.empty();
  }

  /** {@code from + (to - from) x}. */
  @Variant(value = "linear", summary = "A straight line.", example = "decay = linear")
  record Linear() implements Decay {
    @Override
    public double at(double from, double to, double done) {
      return from + (to - from) * done;
    }
  }

  /**
   * {@code from + (to - from) (1 - cos(pi x)) / 2} (Loshchilov and Hutter 2017, "SGDR: stochastic
   * gradient descent with warm restarts").
   */
  @Variant(value = "cosine", summary = "Half a cosine.", example = "decay = cosine")
  record Cosine() implements Decay {
    @Override
    public double at(double from, double to, double done) {
      // StrictMath: the same bits on every JVM.
      return from + (to - from) / 2 * (1 - StrictMath.cos(Math.PI * done));
    }
  }

  /** {@code from (to / from)^x}. */
  @Variant(
      value = "exponential",
      summary = "The same factor in every step; neither value may be 0.",
      example = "decay = exponential")
  record Exponential() implements Decay {
    @Override
    public double at(double from, double to, double done) {
      return from * StrictMath.pow(to / from, done);
    }

    @Override
    public Optional<String> refusal(double from, double to) {
      return from > 0 && to > 0
          ? Optional.empty()
          : Optional.of(
              "an exponential decay from %s to %s is not possible: give two values above 0, such as lr = [0.1, 0.001]"
                  .formatted(from, to));
    }
  }

  /** {@code to + (from - to) (1 - x)^power}. */
  @Variant(
      value = "polynomial",
      summary = "A power of what is left of the way.",
      example = "decay = { polynomial = 0.9 }")
  record Polynomial(@Key(value = "the power; 1 is linear", min = 0.001) double power)
      implements Decay {
    @Override
    public double at(double from, double to, double done) {
      return done == 0 ? from : to + (from - to) * StrictMath.pow(1 - done, power);
    }
  }
}
