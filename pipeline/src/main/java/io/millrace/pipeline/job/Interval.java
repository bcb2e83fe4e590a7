package io.millrace.pipeline.job;

import java.io.Serializable;

/**
 * What a number is drawn from, both ends included: written {@code [0.8, 1.2]}, or as one number,
 * which each key explains for itself ({@code brightness = 0.2} is {@code [-0.2, 0.2]}). A list
 * whose ends are equal is that value, always.
 *
 * @param from the least value
 * @param to the largest value, not below {@code from}
 * @param isNumber whether one number was written, that then is both ends
 */
public record Interval(double from, double to, boolean isNumber) implements Serializable {
  /**
   * @throws IllegalArgumentException if the ends are the wrong way round
   */
  public Interval {
    if (from > to) {
      throw new IllegalArgumentException(
          "[" + from + ", " + to + "] has its ends the wrong way round");
    }
  }

  /** Both ends as given. */
  public static Interval of(double from, double to) {
    return new Interval(from, to, false);
  }

  /** One number {@code x} taken as {@code [-x, x]}, 0 without a sign; an interval as it is. */
  public Interval aroundZero() {
    return isNumber ? of(0.0 - Math.abs(to), Math.abs(to)) : this;
  }

  /** One number taken as the far end of an interval that begins, or ends, here. */
  public Interval since(double start) {
    return isNumber ? of(Math.min(start, to), Math.max(start, to)) : this;
  }

  /** One number taken as that value and no other. */
  public Interval exact() {
    return of(from, to);
  }

  /**
   * Checks both ends.
   *
   * @throws IllegalArgumentException if one lies outside of {@code [least, most]}
   */
  public Interval within(double least, double most) {
    if (from < least || to > most) {
      throw new IllegalArgumentException(
          "[" + from + ", " + to + "] reaches out of " + least + " to " + most);
    }
    return this;
  }

  /**
   * Checks that both ends are whole numbers.
   *
   * @throws IllegalArgumentException if one isn't
   */
  public Interval whole() {
    if (from != Math.rint(from) || to != Math.rint(to)) {
      throw new IllegalArgumentException("[" + from + ", " + to + "] takes whole numbers");
    }
    return this;
  }
}
