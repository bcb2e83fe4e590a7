package io.millrace.jobs.random;

/**
 * Two independent standard normal numbers from two uniform ones (Box and Muller 1958). Computed by
 * {@link StrictMath}, so that every JDK gives the same.
 */
public record NormalPair(double first, double second) {
  /**
   * @param radial 0..1, 1 excluded
   * @param angular 0..1
   */
  public static NormalPair of(double radial, double angular) {
    // 1 - u lies in (0, 1], where the logarithm is finite.
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - radial));
    double angle = 2 * Math.PI * angular;
    return new NormalPair(radius * StrictMath.cos(angle), radius * StrictMath.sin(angle));
  }
}
