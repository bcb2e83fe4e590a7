package io.millrace.jobs.evaluate;

import io.millrace.pipeline.text.Amounts;

/**
 * The 95 % confidence interval of a share that was counted, by Wilson's score (Wilson 1927,
 * "Probable Inference, the Law of Succession, and Statistical Inference", without correction for
 * continuity; Newcombe 1998, "Two-sided confidence intervals for the single proportion", method 3).
 * Unlike the textbook interval, it stays within 0..1 and is right for few images and for shares
 * near 0 or 1 (Brown, Cai and DasGupta 2001, "Interval Estimation for a Binomial Proportion").
 *
 * @param low 0..1
 * @param high 0..1
 */
record WilsonInterval(double low, double high) {
  /** The normal distribution has 2.5 % beyond it on either side. */
  private static final double Z = 1.959963984540054;

  private static final double PERCENT = 100;

  /**
   * @param part images counted
   * @param whole of how many, at least 1
   */
  static WilsonInterval of(long part, long whole) {
    if (part < 0 || whole < 1 || part > whole) {
      throw new IllegalArgumentException(part + " of " + whole + " is not a share");
    }
    double share = (double) part / whole;
    double square = Z * Z / whole;
    double middle = share + square / 2;
    double spread = Z * Math.sqrt(share * (1 - share) / whole + square / (4 * whole));
    // At the ends the roots cancel out, except for rounding.
    double low = part == 0 ? 0 : (middle - spread) / (1 + square);
    double high = part == whole ? 1 : (middle + spread) / (1 + square);
    return new WilsonInterval(low, high);
  }

  /** In percent, e.g. {@code 92.2 to 95.2}. */
  String text() {
    return Amounts.decimal(PERCENT * low, 1) + " to " + Amounts.decimal(PERCENT * high, 1);
  }
}
