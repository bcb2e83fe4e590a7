package io.millrace.jobs.engine.dl4j;

import io.millrace.pipeline.CannotException;
import java.io.Serializable;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a worker brings back to the driver. Arrays are on the heap: native memory that leaves a task
 * is given back only when the heap happens to be collected.
 *
 * @param parameters in the graph's order; null if there is nothing to average
 * @param updaterState null also if the updater keeps none
 * @param score of the last minibatch
 * @param report an account of the steps; null if there is a refusal
 * @param diverged whether the loss is no number any more
 * @param refusal what a user must act on; null if there is nothing
 */
record Dl4jSparkResult<R extends Serializable>(
    float[] parameters,
    float[] updaterState,
    double score,
    R report,
    boolean diverged,
    CannotException refusal)
    implements Serializable {
  /** After the last step. */
  static <R extends Serializable> Dl4jSparkResult<R> trained(
      float[] parameters, float[] updaterState, double score, R report) {
    return new Dl4jSparkResult<>(parameters, updaterState, score, report, false, null);
  }

  /** Of a worker that has nothing to average: it had no images, or went astray. */
  static <R extends Serializable> Dl4jSparkResult<R> untrained(R report, boolean diverged) {
    return new Dl4jSparkResult<>(null, null, 0, report, diverged, null);
  }

  /** Of a worker that could not get its minibatches. */
  static <R extends Serializable> Dl4jSparkResult<R> refused(CannotException why) {
    return new Dl4jSparkResult<>(null, null, 0, null, false, why);
  }

  /**
   * In the form that Deeplearning4j's functions take, with native arrays, which are the caller's.
   */
  ParameterAveragingTrainingResult arrays() {
    return new ParameterAveragingTrainingResult(
        array(parameters), array(updaterState), score, null, null, null);
  }

  private static INDArray array(float[] values) {
    return values == null ? null : Nd4j.createFromArray(values).reshape(1, values.length);
  }

  /** The form in which Deeplearning4j's worker hands a result over; it does not travel. */
  static final class Handed<R extends Serializable> extends ParameterAveragingTrainingResult {
    private final Dl4jSparkResult<R> result;

    Handed(Dl4jSparkResult<R> result) {
      super(null, null, result.score(), null, null, null);
      this.result = result;
    }

    Dl4jSparkResult<R> result() {
      return result;
    }
  }
}
