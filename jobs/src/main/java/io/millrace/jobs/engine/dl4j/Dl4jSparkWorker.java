package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.engine.dl4j.Dl4jSparkResult.Handed;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.tensor.Minibatch;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * Deeplearning4j's worker with three changes. The original begins every round at iteration 0, so
 * that schedules would never pass their first steps; this one continues the count. It also reports
 * on its steps and frees its native memory.
 */
final class Dl4jSparkWorker<R extends Serializable> extends ParameterAveragingTrainingWorker {
  private static final long serialVersionUID = 1L;

  private final int firstIteration;
  private final int threads;
  private final String logits;
  private final CrossEntropy loss;
  private final ShareLoader<R> loader;

  private transient TrainingLogits kept;

  /**
   * @param firstIteration steps taken before the round
   * @param threads native threads
   * @param logits the node whose output is the logits
   * @param loader the loader of this worker's minibatches
   */
  Dl4jSparkWorker(
      Broadcast<NetBroadcastTuple> broadcast,
      WorkerConfiguration configuration,
      int firstIteration,
      int threads,
      String logits,
      CrossEntropy loss,
      ShareLoader<R> loader) {
    super(broadcast, true, configuration, null, null, null);
    this.firstIteration = firstIteration;
    this.threads = threads;
    this.logits = logits;
    this.loss = loss;
    this.loader = loader;
  }

  @Override
  public ComputationGraph getInitialModelGraph() {
    Natives.start();
    Placement.ofTask(threads).take();
    // Opened first, so that minibatches are made while the graph is built.
    loader.share();
    ComputationGraph graph = super.getInitialModelGraph();
    graph.getConfiguration().setIterationCount(firstIteration);
    kept = new TrainingLogits(logits, loss);
    graph.setListeners(kept);
    return graph;
  }

  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      DataSet minibatch, ComputationGraph graph, boolean isLast) {
    if (loader.refusal() != null) {
      graph.close();
      return new Handed<>(Dl4jSparkResult.<R>refused(loader.refusal()));
    }
    super.processMinibatch(minibatch, graph, false);
    Minibatch done = loader.current();
    int correct = kept.correct(done.floats(Minibatch.TARGETS).values());
    loader
        .share()
        .stepped(
            Measures.of(done.size(), CrossEntropy.LOSS, graph.score() * done.size())
                .with(CrossEntropy.ACCURACY, correct));
    return isLast || loader.share().diverged() ? getFinalResult(graph) : null;
  }

  @Override
  public ParameterAveragingTrainingResult getFinalResult(ComputationGraph graph) {
    R report = loader.share().report();
    try {
      return new Handed<>(
          loader.share().diverged()
              ? Dl4jSparkResult.untrained(report, true)
              : Dl4jSparkResult.trained(
                  floats(graph.params()),
                  floats(graph.getUpdater().getStateViewArray()),
                  graph.score(),
                  report));
    } finally {
      graph.close();
    }
  }

  @Override
  public ParameterAveragingTrainingResult getFinalResultNoData() {
    return new Handed<>(Dl4jSparkResult.untrained(loader.share().report(), false));
  }

  private static float[] floats(INDArray array) {
    if (array == null) {
      return null;
    }
    Floats values = Floats.of(array);
    float[] copy = new float[values.length()];
    values.read(copy);
    return copy;
  }
}
