package io.millrace.jobs.loss;

import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.Minibatch;
import java.io.Serializable;
import java.util.List;

/**
 * How wrong the output of a network is. Plain data; its arithmetic does not depend on an engine.
 */
public interface Loss extends Serializable {
  /** Its measures, in order; the first is the value that is minimised. */
  List<Measure> measures();

  /**
   * The value of an output and its slope.
   *
   * @param output {@code [N, ...]}, as the network gives it in training mode
   * @param batch of the same N examples, with what the output should be
   * @throws IllegalArgumentException if the minibatch lacks what is needed or shapes do not fit
   */
  Slope slope(DoubleTensor output, Minibatch batch);

  /**
   * The predictions of an output, such as probabilities made from logits.
   *
   * @param output {@code [N, ...]}, as the network gives it in prediction mode
   * @return as many values, row-major
   */
  float[] predictions(DoubleTensor output);

  /**
   * Compares predictions with the labels.
   *
   * @param predictions {@code [N, ...]}, row-major
   * @param batch of the same N examples
   * @throws io.millrace.pipeline.CannotException if an example can't be judged, naming it
   */
  Measures measure(float[] predictions, Minibatch batch);

  /**
   * @param measures sums over the examples
   * @param gradient d(mean of the loss over the N examples)/d(output), shaped as the output
   */
  record Slope(Measures measures, DoubleTensor gradient) {}
}
