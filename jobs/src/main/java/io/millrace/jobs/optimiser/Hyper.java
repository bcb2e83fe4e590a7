package io.millrace.jobs.optimiser;

import java.io.Serializable;
import java.util.Map;

/**
 * The hyper-parameters of one step.
 *
 * @param learningRate at least 0
 * @param momentum 0..1; for Adam it is beta 1
 * @param factors of the learning rate by group of layers, each at least 0; 1 where a group is not
 *     named, 0 freezes it
 */
public record Hyper(double learningRate, double momentum, Map<String, Double> factors)
    implements Serializable {
  /** Copies the map. */
  public Hyper {
    factors = Map.copyOf(factors);
  }

  /** The same rate for all layers. */
  public Hyper(double learningRate, double momentum) {
    this(learningRate, momentum, Map.of());
  }

  /** The same with other factors. */
  public Hyper with(Map<String, Double> others) {
    return new Hyper(learningRate, momentum, others);
  }

  /** The factor of a group's learning rate. */
  public double factor(String group) {
    return factors.getOrDefault(group, 1.0);
  }
}
