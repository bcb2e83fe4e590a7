package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.engine.WorkerShare;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.pipeline.CannotException;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gives Deeplearning4j's worker the minibatches of its share instead of files: the next one for
 * each path, whatever the path is. The partition's number is the worker's. A data set is valid
 * until the next one is asked for.
 */
final class ShareLoader<R extends Serializable> implements DataSetLoader {
  private static final long serialVersionUID = 1L;

  private final WorkerShare.Source<R> source;
  private final int batch;

  private transient WorkerShare<R> share;
  private transient InputArray images;
  private transient InputArray targets;
  private transient Minibatch current;
  private transient CannotException refusal;

  /**
   * @param batch the most images in a minibatch
   */
  ShareLoader(WorkerShare.Source<R> source, int batch) {
    this.source = source;
    this.batch = batch;
  }

  /** The share of this task's worker; closed when the task ends, also when it fails. */
  WorkerShare<R> share() {
    if (share == null) {
      TaskContext task = TaskContext.get();
      share = source.of(task.partitionId());
      images = new InputArray();
      targets = new InputArray();
      TaskCompletionListener close =
          ended -> {
            share.close();
            images.close();
            targets.close();
          };
      task.addTaskCompletionListener(close);
    }
    return share;
  }

  /** The minibatch that was loaded last. */
  Minibatch current() {
    return current;
  }

  /** The error that prevents further minibatches; null if there is none. */
  CannotException refusal() {
    return refusal;
  }

  @Override
  public DataSet load(Source path) {
    try {
      current = share().next();
    } catch (CannotException e) {
      // Not thrown: Spark would retry the task, which would fail again each time.
      refusal = e;
      return new DataSet(Nd4j.zeros(batch, 1), Nd4j.zeros(batch, 1));
    }
    return new DataSet(
        images.holding(current.floats(Minibatch.IMAGES)),
        targets.holding(current.floats(Minibatch.TARGETS)));
  }
}
