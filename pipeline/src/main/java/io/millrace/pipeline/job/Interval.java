package io.millrace.pipeline.job;

import java.io.Serializable;

/**
 * The range that a random number is drawn from, both ends included. It is written {@code [0.8,
 * 1.2]}, or as one number whose meaning each key defines ({@code brightness = 0.2} is {@code [-0.2,
 * 0.2]}). If both ends are equal, the number is always that value.
 *
 * @param from the least value
 * @param to the largest value, not below {@code from}
 * @param isNumber whether one number was written, which is then both ends
 */
public record Interval(double from, double to, boolean isNumber) implements Serializable {
  /**
   * @throws IllegalArgumentException if the first end is greater than the second
   */
  public Interval {
    if (from > to) {
      throw new IllegalArgumentException(
          "[" + from + ", " + to + "]: the first number must not be greater than the second");
    }
  }

  /** An interval with these ends. */
  public static Interval of(double from, double to) {
    return new Interval(from, to, false);
  }

  /**
   * One number {@code x} becomes {@code [-x, x]}, with 0 and not -0; an interval stays as it is.
   */
  public Interval aroundZero() {
    return isNumber ? of(0.0 - Math.abs(to), Math.abs(to)) : this;
  }

  /** One number becomes an interval between {@code start} and that number. */
  public Interval since(double start) {
    return isNumber ? of(Math.min(start, to), Math.max(start, to)) : this;
  }

  /** One number becomes an interval of only that value. */
  public Interval exact() {
    return of(from, to);
  }

  /**
   * Checks both ends.
   *
   * @throws IllegalArgumentException if one is outside {@code [least, most]}
   */
  public Interval within(double least, double most) {
    if (from < least || to > most) {
      throw new IllegalArgumentException(
          "[" + from + ", " + to + "] is not within " + least + " to " + most);
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
      throw new IllegalArgumentException("[" + from + ", " + to + "] must be whole numbers");
    }
    return this;
  }
}
