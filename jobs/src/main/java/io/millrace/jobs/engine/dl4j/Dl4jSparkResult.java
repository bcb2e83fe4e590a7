package io.millrace.jobs.engine.dl4j;

import io.millrace.pipeline.CannotException;
import java.io.Serializable;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a worker sends to the driver. Arrays are on the heap, since native memory that outlives its
 * task is freed only at some later garbage collection.
 *
 * @param parameters in the graph's order; null if there is nothing to average
 * @param updaterState null also if the updater keeps none
 * @param score of the last minibatch
 * @param report a report on the steps; null if there is a refusal
 * @param diverged whether the loss is not finite
 * @param refusal an error that the user must fix; null if there is none
 */
record Dl4jSparkResult<R extends Serializable>(
    float[] parameters,
    float[] updaterState,
    double score,
    R report,
    boolean diverged,
    CannotException refusal)
    implements Serializable {
  /** The result after the last step. */
  static <R extends Serializable> Dl4jSparkResult<R> trained(
      float[] parameters, float[] updaterState, double score, R report) {
    return new Dl4jSparkResult<>(parameters, updaterState, score, report, false, null);
  }

  /** The result of a worker that has nothing to average: it had no images, or diverged. */
  static <R extends Serializable> Dl4jSparkResult<R> untrained(R report, boolean diverged) {
    return new Dl4jSparkResult<>(null, null, 0, report, diverged, null);
  }

  /** The result of a worker that could not get its minibatches. */
  static <R extends Serializable> Dl4jSparkResult<R> refused(CannotException why) {
    return new Dl4jSparkResult<>(null, null, 0, null, false, why);
  }

  /**
   * The result as Deeplearning4j's functions take it, with native arrays that the caller closes.
   */
  ParameterAveragingTrainingResult arrays() {
    return new ParameterAveragingTrainingResult(
        array(parameters), array(updaterState), score, null, null, null);
  }

  private static INDArray array(float[] values) {
    return values == null ? null : Nd4j.createFromArray(values).reshape(1, values.length);
  }

  /** Wraps a result as Deeplearning4j's worker must return it; it is not sent anywhere. */
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
