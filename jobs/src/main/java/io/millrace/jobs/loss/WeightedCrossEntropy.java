package io.millrace.jobs.loss;

import java.util.List;

/**
 * Cross-entropy with label smoothing (Szegedy et al. 2016) and weights of the classes, as {@code
 * torch.nn.CrossEntropyLoss} of probabilities: {@code -sum(weight * smoothed target * log p)}, and
 * the mean of that over the examples.
 *
 * @param classes at least 2
 * @param smoothing share of a target that is spread evenly over all classes, 0..1
 * @param weights of the classes; empty: 1 for each
 */
public record WeightedCrossEntropy(int classes, double smoothing, List<Double> weights)
    implements SoftmaxLoss {
  /** Copies the list. */
  public WeightedCrossEntropy {
    weights = List.copyOf(weights);
  }

  @Override
  public double ofExample(double[] logs, double[] targets, double[] slopes) {
    double loss = 0;
    double mass = 0;
    for (int c = 0; c < classes; c++) {
      double weight = weights.isEmpty() ? 1 : weights.get(c);
      slopes[c] = -weight * (targets[c] * (1 - smoothing) + smoothing / classes);
      loss += slopes[c] * logs[c];
      mass -= slopes[c];
    }
    for (int c = 0; c < classes; c++) {
      slopes[c] += mass * StrictMath.exp(logs[c]);
    }
    return loss;
  }
}
