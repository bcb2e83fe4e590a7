package io.millrace.jobs.stats;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * The figures of one channel, from its exact histogram.
 *
 * @param count how many pixels
 * @param mean on the 0..1 scale
 * @param std on the 0..1 scale, dividing by N
 * @param minimum 0..255
 * @param maximum 0..255
 */
record ChannelFigures(long count, double mean, double std, int minimum, int maximum) {
  private static final BigDecimal SCALE = BigDecimal.valueOf(255);

  /** Far more digits than a double holds, so that rounding happens once. */
  private static final MathContext DIGITS = new MathContext(50);

  static ChannelFigures of(long[] histogram) {
    BigInteger sum = BigInteger.ZERO;
    BigInteger squares = BigInteger.ZERO;
    long count = 0;
    int minimum = -1;
    int maximum = -1;
    for (int value = 0; value < histogram.length; value++) {
      if (histogram[value] == 0) {
        continue;
      }
      BigInteger times = BigInteger.valueOf(histogram[value]);
      sum = sum.add(times.multiply(BigInteger.valueOf(value)));
      squares = squares.add(times.multiply(BigInteger.valueOf((long) value * value)));
      count += histogram[value];
      minimum = minimum < 0 ? value : minimum;
      maximum = value;
    }
    BigDecimal n = BigDecimal.valueOf(count);
    BigDecimal mean = new BigDecimal(sum).divide(n, DIGITS);
    // N sum(x^2) - sum(x)^2 in whole numbers: no cancellation.
    BigInteger spread = squares.multiply(BigInteger.valueOf(count)).subtract(sum.multiply(sum));
    BigDecimal deviation = new BigDecimal(spread).sqrt(DIGITS).divide(n, DIGITS);
    return new ChannelFigures(
        count,
        mean.divide(SCALE, DIGITS).doubleValue(),
        deviation.divide(SCALE, DIGITS).doubleValue(),
        minimum,
        maximum);
  }
}
