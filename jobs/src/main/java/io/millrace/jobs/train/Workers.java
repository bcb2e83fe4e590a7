package io.millrace.jobs.train;

import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Learner;
import io.millrace.jobs.engine.State;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.jobs.spark.SparkTasks.Task;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The workers of a training, each a task on Spark.
 *
 * @param count how many, at least 1
 */
record Workers(JavaSparkContext spark, int count) {
  /** Of a description. */
  static final String DEVICE = "device";

  /**
   * Lets all do the same, each with its number, counted from 0.
   *
   * @param what in words
   * @return the results in the order of the workers
   */
  <R extends Serializable> List<R> all(String what, Task<Integer, R> task) {
    return SparkTasks.run(spark, "train: " + what, numbers(), task, result -> {});
  }

  /**
   * Starts the engine wherever workers are, which the driver need not be able to.
   *
   * @param engine its name
   * @return what its first worker says of it, with the devices of all
   * @throws io.millrace.pipeline.CannotException if it does not run on a worker's machine
   */
  Map<String, String> description(String engine) {
    List<Map<String, String>> all =
        SparkTasks.run(
            spark,
            "train: start the engine",
            numbers(),
            worker -> Engines.named(engine).description(),
            description -> {});
    Map<String, String> description = new LinkedHashMap<>(all.get(0));
    description.put(
        DEVICE,
        all.stream().map(one -> one.get(DEVICE)).distinct().collect(Collectors.joining(", ")));
    return description;
  }

  /** The state that the training begins with, from a worker. */
  State firstState(Trainee trainee) {
    return SparkTasks.run(
            spark, "train: first state", List.of(trainee), Workers::first, state -> {})
        .get(0);
  }

  private static State first(Trainee trainee) {
    Learner learner = trainee.learner();
    State state = learner.state();
    LearnerPool.giveBack(trainee, learner);
    return state;
  }

  private List<Integer> numbers() {
    return IntStream.range(0, count).boxed().toList();
  }
}
