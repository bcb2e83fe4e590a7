package io.millrace.jobs.loss;

/**
 * Focal loss of a softmax (Lin et al. 2017, equation 4, for several classes): {@code -sum(target *
 * (1 - p)^gamma * log p)}, and the mean of that over the examples.
 *
 * @param classes at least 2
 * @param gamma above 0; cross-entropy is the limit for 0
 */
public record FocalLoss(int classes, double gamma) implements SoftmaxLoss {
  @Override
  public double ofExample(double[] logs, double[] targets, double[] slopes) {
    double loss = 0;
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double probability = StrictMath.exp(logs[c]);
      // Exact also where the probability is almost 1.
      double rest = -StrictMath.expm1(logs[c]);
      double factor = StrictMath.pow(rest, gamma);
      loss -= targets[c] * factor * logs[c];
      // With a rest of 0 the logarithm is 0, too, and goes there faster than any power rises.
      double falling =
          rest == 0 ? 0 : gamma * probability * StrictMath.pow(rest, gamma - 1) * logs[c];
      slopes[c] = targets[c] * (falling - factor);
      sum += slopes[c];
    }
    for (int c = 0; c < classes; c++) {
      slopes[c] -= StrictMath.exp(logs[c]) * sum;
    }
    return loss;
  }
}
