package io.millrace.jobs.engine;

import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.tensor.State;
import java.io.Serializable;
import java.util.List;

/** Averaging rounds of one network by an engine's own library. Not for use by several threads. */
public interface AveragingMaster extends AutoCloseable {
  /**
   * All workers fit their minibatches, starting from one state; then their states are averaged.
   *
   * @param description the work's name in Spark's interface
   * @param before a state of a supervised learner with the same network and optimiser: the
   *     network's tensors, then the optimiser's buffers and its count of steps
   * @param hypers of the round's steps, the same for every worker: as many as the worker with the
   *     most minibatches takes
   * @param shares what each worker does
   * @throws io.millrace.pipeline.CannotException if a worker can't get its minibatches
   * @throws java.util.concurrent.CancellationException if this thread was interrupted
   */
  <R extends Serializable> Averaged<R> round(
      String description, State before, List<Hyper> hypers, WorkerShare.Source<R> shares);

  @Override
  void close();

  /**
   * The result of a round.
   *
   * @param state the mean, with the same tensors as the state before; null if a worker diverged
   * @param reports of the workers, in their order
   * @param seconds that the driver took to average
   */
  record Averaged<R>(State state, List<R> reports, double seconds) {}
}
