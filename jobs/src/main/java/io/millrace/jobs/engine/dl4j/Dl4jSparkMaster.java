package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.engine.AveragingMaster;
import io.millrace.jobs.engine.AveragingSetup;
import io.millrace.jobs.engine.WorkerShare;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.jobs.spark.StageResources;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import io.millrace.pipeline.CannotException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Rounds of a {@link SparkComputationGraph}. The driver's graph holds the state during a round and
 * takes no step itself.
 */
final class Dl4jSparkMaster implements AveragingMaster {
  private final JavaSparkContext spark;
  private final AveragingSetup setup;
  private final ComputationGraph graph;
  private final ParameterLayout layout;
  private final Floats parameters;
  private final float[] current;
  private final UpdaterState updater;

  Dl4jSparkMaster(JavaSparkContext spark, AveragingSetup setup) {
    if (!setup.blueprint().dropouts().isEmpty()) {
      throw new CannotException(
          "average with dl4j-spark",
          "it trains no network with dropout; take averaging.by = millrace, or dropout = 0");
    }
    this.spark = spark;
    this.setup = setup;
    this.graph = GraphTranslation.graph(configuration(0, List.of()));
    this.layout = ParameterLayout.of(setup.blueprint(), graph);
    this.parameters = Floats.of(graph.params());
    this.current = new float[parameters.length()];
    this.updater = new UpdaterState(graph, layout);
  }

  @Override
  public <R extends Serializable> Averaged<R> round(
      String description, State before, List<Hyper> hypers, WorkerShare.Source<R> shares) {
    List<NamedTensor> tensors = before.tensors();
    int own = layout.places().size();
    int last = tensors.size() - 1;
    NamedTensor steps = tensors.get(last);
    List<float[]> buffers = tensors.subList(own, last).stream().map(NamedTensor::values).toList();
    layout.place(new State(tensors.subList(0, own)), current);
    parameters.write(current);
    updater.write(buffers);
    int first = (int) steps.values()[0];
    try (Dl4jSparkRound<R> round =
        new Dl4jSparkRound<>(setup, configuration(first, hypers), first, shares)) {
      SparkTasks.grouped(
          spark,
          description,
          () ->
              new SparkComputationGraph(spark, graph, round)
                  .fitPaths(paths(shares), round.loader()));
      List<Dl4jSparkResult<R>> results = round.results();
      for (Dl4jSparkResult<R> result : results) {
        if (result.refusal() != null) {
          throw result.refusal();
        }
      }
      boolean diverged = results.stream().anyMatch(Dl4jSparkResult::diverged);
      State after = diverged ? null : state(tensors, updater.read(buffers), first + hypers.size());
      return new Averaged<>(
          after, results.stream().map(Dl4jSparkResult::report).toList(), round.seconds());
    }
  }

  @Override
  public void close() {
    graph.close();
  }

  /** A path for each minibatch; a worker's partition has as many as its share. */
  private JavaRDD<String> paths(WorkerShare.Source<?> shares) {
    List<Integer> workers = IntStream.range(0, setup.workers()).boxed().toList();
    RDD<Integer> all =
        StageResources.apply(spark.sc(), spark.parallelize(workers, workers.size()).rdd());
    return all.toJavaRDD()
        .flatMap(
            worker ->
                IntStream.range(0, shares.minibatches(worker))
                    .mapToObj(minibatch -> "file:///worker-" + worker + "/" + minibatch)
                    .iterator());
  }

  private State state(List<NamedTensor> before, List<float[]> buffers, int steps) {
    parameters.read(current);
    List<NamedTensor> after = new ArrayList<>(layout.state(current).tensors());
    for (float[] buffer : buffers) {
      NamedTensor old = before.get(after.size());
      after.add(new NamedTensor(old.name(), old.shape(), Role.AVERAGE, buffer));
    }
    NamedTensor old = before.get(after.size());
    after.add(new NamedTensor(old.name(), old.shape(), Role.COUNT, new float[] {steps}));
    return new State(after);
  }

  private ComputationGraphConfiguration configuration(int first, List<Hyper> hypers) {
    return GraphTranslation.configuration(
        setup.blueprint(),
        DataType.FLOAT,
        Updaters.updater(setup.optimiser(), setup.schedule(), first, hypers),
        true);
  }
}
