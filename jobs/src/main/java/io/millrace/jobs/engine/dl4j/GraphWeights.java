package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.engine.dl4j.ParameterLayout.Place;
import io.millrace.jobs.tensor.State;

/**
 * The weights and running statistics of a graph, on the heap and in the graph's own array, and the
 * gradient of the weights. Changes on the heap are copied to the graph's array once, before the
 * next pass.
 */
final class GraphWeights {
  private final ParameterLayout layout;
  private final Floats nativeArray;
  // All parameters in the graph's order; the trainable ones in canonical order.
  private final float[] current;
  private final float[] weights;
  private final float[] gradient;
  private boolean weightsMoved;
  private boolean stale;

  /**
   * @param nativeArray the graph's flat array of parameters
   * @param seed of the initial weights
   */
  GraphWeights(ParameterLayout layout, Floats nativeArray, long seed) {
    this.layout = layout;
    this.nativeArray = nativeArray;
    this.current = new float[nativeArray.length()];
    this.weights = new float[layout.weightCount()];
    this.gradient = new float[layout.weightCount()];
    for (Place place : layout.places()) {
      place.fromCanonical(place.tensor().initialValues(seed), 0, current);
    }
    layout.toCanonical(current, weights);
    stale = true;
  }

  /** Copies the values to the graph's own array, if they have changed. */
  void ready() {
    if (weightsMoved) {
      layout.fromCanonical(weights, current);
      weightsMoved = false;
    }
    if (stale) {
      nativeArray.write(current);
      stale = false;
    }
  }

  /** Trainable weights in canonical order, which callers may change in place. */
  float[] weights() {
    return weights;
  }

  /** Records that the weights were changed in place. */
  void moved() {
    weightsMoved = true;
    stale = true;
  }

  /** The gradient of the weights in canonical order. */
  float[] gradient() {
    return gradient;
  }

  /**
   * Takes over the gradients and statistics of a backward pass.
   *
   * @param slopes in the graph's order: sums over the minibatch
   * @param examples to divide the sums by
   * @param added whether they are added to the gradient, or replace it
   */
  void backward(float[] slopes, int examples, boolean added) {
    moveStatistics(slopes);
    if (added) {
      float[] own = new float[gradient.length];
      layout.toCanonical(slopes, own);
      for (int i = 0; i < own.length; i++) {
        gradient[i] += own[i] / examples;
      }
    } else {
      layout.toCanonical(slopes, gradient);
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] /= examples;
      }
    }
  }

  /** In the places of running statistics, the graph leaves what to subtract, not divided by N. */
  private void moveStatistics(float[] slopes) {
    for (Place place : layout.places()) {
      if (!place.tensor().trainable()) {
        int end = place.offset() + place.tensor().size();
        for (int i = place.offset(); i < end; i++) {
          current[i] -= slopes[i];
        }
        stale = true;
      }
    }
  }

  State state() {
    if (weightsMoved) {
      layout.fromCanonical(weights, current);
      weightsMoved = false;
    }
    return layout.state(current);
  }

  void restore(State state) {
    layout.place(state, current);
    layout.toCanonical(current, weights);
    weightsMoved = false;
    stale = true;
  }
}
