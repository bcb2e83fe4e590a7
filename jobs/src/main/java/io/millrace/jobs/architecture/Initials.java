package io.millrace.jobs.architecture;

import java.io.Serializable;

/** How the weight and the bias of a convolution or a linear map begin. */
public record Initials(Initial weight, Initial bias) implements Serializable {
  private static final Initial ZERO = new Initial.Constant(0);

  /**
   * He's normal numbers and a bias of 0.
   *
   * @param fan how many values feed one output, or how many outputs one value feeds
   */
  public static Initials he(int fan) {
    return new Initials(new Initial.HeNormal(fan), ZERO);
  }

  /** Normal numbers and a bias of 0. */
  public static Initials normal(double deviation) {
    return new Initials(new Initial.Normal(deviation), ZERO);
  }

  /**
   * As PyTorch's layers begin: both evenly between {@code -1 / sqrt(fan)} and {@code 1 /
   * sqrt(fan)}.
   *
   * @param fanIn how many values feed one output
   */
  public static Initials pytorch(int fanIn) {
    Initial even = new Initial.Uniform(1 / Math.sqrt(fanIn));
    return new Initials(even, even);
  }
}
