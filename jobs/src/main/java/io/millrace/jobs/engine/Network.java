package io.millrace.jobs.engine;

import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;

/** A network of one engine. Not for use by several threads. */
public interface Network extends AutoCloseable {
  /** How many trainable weights there are. */
  int weightCount();

  /**
   * One forward and backward pass in training mode; running statistics move.
   *
   * @param batch with targets
   * @param gradient receives d(mean loss)/d(weight) of every trainable weight, in canonical order
   * @return the loss of the minibatch, and how many of its images were guessed
   */
  Pass lossAndGradient(Minibatch batch, float[] gradient);

  /** Copies the trainable weights out, in canonical order. */
  void copyWeights(float[] into);

  /** Replaces the trainable weights, in canonical order. */
  void setWeights(float[] from);

  /** Class probabilities {@code [N, classes]}, row-major, in prediction mode. */
  float[] predict(Minibatch batch);

  /** Weights and running statistics (no optimiser state), copied. */
  State state();

  /**
   * Replaces weights and running statistics.
   *
   * @throws IllegalArgumentException if names or shapes do not fit
   */
  void restore(State state);

  @Override
  void close();
}
