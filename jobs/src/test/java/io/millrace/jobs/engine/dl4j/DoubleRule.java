package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.optimiser.Optimiser;

/** Our rules in double precision, so that nothing but the passes can differ. */
final class DoubleRule {
  private static final double RATE = 0.01;
  private static final double MOMENTUM = 0.9;

  private final Optimiser optimiser;
  private final double[] mean;
  private final double[] square;
  private int steps;

  DoubleRule(Optimiser optimiser, int weights) {
    this.optimiser = optimiser;
    this.mean = new double[weights];
    this.square = new double[weights];
  }

  void step(double[] weights, double[] gradient) {
    steps++;
    for (int i = 0; i < weights.length; i++) {
      weights[i] =
          optimiser instanceof Optimiser.Adam adam
              ? adam(adam, i, weights[i], gradient[i])
              : sgd((Optimiser.Sgd) optimiser, i, weights[i], gradient[i]);
    }
  }

  private double sgd(Optimiser.Sgd sgd, int i, double weight, double gradient) {
    double slope = gradient + sgd.weightDecay() * weight;
    mean[i] = MOMENTUM * mean[i] + slope;
    return weight - RATE * (sgd.nesterov() ? slope + MOMENTUM * mean[i] : mean[i]);
  }

  private double adam(Optimiser.Adam adam, int i, double weight, double gradient) {
    double decayed = adam.decoupled() ? weight * (1 - RATE * adam.weightDecay()) : weight;
    double slope = adam.decoupled() ? gradient : gradient + adam.weightDecay() * weight;
    mean[i] = MOMENTUM * mean[i] + (1 - MOMENTUM) * slope;
    square[i] = adam.beta2() * square[i] + (1 - adam.beta2()) * slope * slope;
    double first = mean[i] / (1 - Math.pow(MOMENTUM, steps));
    double second = square[i] / (1 - Math.pow(adam.beta2(), steps));
    return decayed - RATE * first / (Math.sqrt(second) + adam.eps());
  }
}
