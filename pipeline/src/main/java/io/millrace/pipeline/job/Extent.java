package io.millrace.pipeline.job;

import java.io.Serializable;

/**
 * A part of something that is counted, written {@code "5%"} of the whole, or {@code 1.5} of its
 * units.
 *
 * @param amount a share of 0 to 1, or a number of units of at least 0
 * @param isShare which of both it is
 */
public record Extent(double amount, boolean isShare) implements Serializable {
  /** Nothing. */
  public static final Extent NONE = share(0);

  /** A share of the whole, 0 to 1. */
  public static Extent share(double fraction) {
    return new Extent(fraction, true);
  }

  /** A number of units. */
  public static Extent of(double units) {
    return new Extent(units, false);
  }

  /**
   * The share of the whole that it is, above 1 if it is longer.
   *
   * @param whole in units, above 0
   */
  public double shareOf(double whole) {
    return isShare ? amount : amount / whole;
  }
}
