package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.engine.AveragingSetup;
import io.millrace.jobs.engine.WorkerShare;
import io.millrace.jobs.engine.dl4j.Dl4jSparkResult.Handed;
import io.millrace.jobs.loss.CrossEntropy;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingAggregationTuple;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementAddFunction;

/**
 * Deeplearning4j's training master for one round. It differs from its superclass in three ways: its
 * workers continue the count of steps; it adds in the order of the workers, not in that of their
 * results, so that sums are the same in every run; and it leaves nothing behind on Spark.
 */
final class Dl4jSparkRound<R extends Serializable> extends ParameterAveragingTrainingMaster
    implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final AveragingSetup setup;
  private final ComputationGraphConfiguration configuration;
  private final int firstIteration;
  private final ShareLoader<R> loader;
  private Broadcast<NetBroadcastTuple> broadcast;
  private List<Dl4jSparkResult<R>> results = List.of();
  private double seconds;

  /**
   * @param configuration of the workers' graphs
   * @param firstIteration steps taken before the round
   */
  Dl4jSparkRound(
      AveragingSetup setup,
      ComputationGraphConfiguration configuration,
      int firstIteration,
      WorkerShare.Source<R> shares) {
    super(
        new Builder(setup.workers(), setup.batch())
            .batchSizePerWorker(setup.batch())
            .averagingFrequency(setup.every())
            // The feeds already prefetch minibatches.
            .workerPrefetchNumBatches(0)
            // A partition is exactly one worker's share.
            .repartionData(Repartition.Never)
            .storageLevelStreams(null)
            .saveUpdater(true));
    this.setup = setup;
    this.configuration = configuration;
    this.firstIteration = firstIteration;
    this.loader = new ShareLoader<>(shares, setup.batch());
  }

  /** The loader of the workers' minibatches. */
  ShareLoader<R> loader() {
    return loader;
  }

  /** The workers' results, in their order. */
  List<Dl4jSparkResult<R>> results() {
    return results;
  }

  /** Seconds that averaging took. */
  double seconds() {
    return seconds;
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkComputationGraph graph) {
    ComputationGraph network = graph.getNetwork();
    broadcast =
        graph
            .getSparkContext()
            .broadcast(
                new NetBroadcastTuple(
                    configuration, network.params(), network.getUpdater().getStateViewArray()));
    WorkerConfiguration limits =
        new WorkerConfiguration(
            true, setup.batch(), setup.batch(), setup.every(), prefetchNumBatches, false);
    return new Dl4jSparkWorker<>(
        broadcast,
        limits,
        firstIteration,
        setup.threads(),
        setup.blueprint().output(),
        new CrossEntropy(setup.blueprint().shape(setup.blueprint().output()).size()),
        loader);
  }

  @Override
  @SuppressWarnings("unchecked") // Our own workers return nothing else.
  protected void processResults(
      SparkDl4jMultiLayer none,
      SparkComputationGraph graph,
      JavaRDD<ParameterAveragingTrainingResult> all,
      int split,
      int splits) {
    results = all.map(result -> ((Handed<R>) result).result()).collect();
    if (results.stream().anyMatch(result -> result.diverged() || result.refusal() != null)) {
      return;
    }
    long start = System.nanoTime();
    List<ParameterAveragingTrainingResult> trained =
        results.stream()
            .filter(result -> result.parameters() != null)
            .map(Dl4jSparkResult::arrays)
            .toList();
    try {
      average(trained, graph.getNetwork());
    } finally {
      trained.forEach(Dl4jSparkRound::close);
    }
    seconds = (System.nanoTime() - start) / NANOS;
  }

  private static void average(
      List<ParameterAveragingTrainingResult> trained, ComputationGraph network) {
    ParameterAveragingElementAddFunction add = new ParameterAveragingElementAddFunction();
    ParameterAveragingAggregationTuple sum = null;
    for (ParameterAveragingTrainingResult result : trained) {
      try {
        // Sums are built in the first result's arrays.
        sum = add.call(sum, result);
      } catch (Exception e) {
        throw new IllegalStateException("Cannot add up the workers' weights: " + e, e);
      }
    }
    network.setParams(sum.getParametersSum().divi(trained.size()));
    if (sum.getUpdaterStateSum() != null) {
      network.getUpdater().setStateViewArray(sum.getUpdaterStateSum().divi(trained.size()));
    }
  }

  private static void close(ParameterAveragingTrainingResult result) {
    result.getParameters().close();
    if (result.getUpdaterState() != null) {
      result.getUpdaterState().close();
    }
  }

  @Override
  public void close() {
    if (broadcast != null) {
      broadcast.destroy();
    }
  }
}
