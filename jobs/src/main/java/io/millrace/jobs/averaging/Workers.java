package io.millrace.jobs.averaging;

import io.millrace.jobs.learner.LearnerSpec;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.jobs.spark.SparkTasks.Task;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The workers of a training, each a task on Spark.
 *
 * @param count how many, at least 1
 */
public record Workers(JavaSparkContext spark, int count) {
  /**
   * Lets all do the same, each with its number, counted from 0.
   *
   * @param what in words
   * @return the results in the order of the workers
   */
  public <R extends Serializable> List<R> all(String what, Task<Integer, R> task) {
    return SparkTasks.run(spark, "train: " + what, numbers(), task, result -> {});
  }

  /**
   * Starts the engine wherever workers are, which the driver need not be able to.
   *
   * @param who averages
   * @param resumed whether the training resumes from a checkpoint and needs no first state
   * @throws io.millrace.pipeline.CannotException if it does not run on a worker's machine
   */
  public EngineStart begin(LearnerSpec spec, Averaging.By who, boolean resumed) {
    return EngineStart.of(
        all("start the engine", worker -> EngineStart.on(worker, spec, who, resumed)));
  }

  private List<Integer> numbers() {
    return IntStream.range(0, count).boxed().toList();
  }
}
