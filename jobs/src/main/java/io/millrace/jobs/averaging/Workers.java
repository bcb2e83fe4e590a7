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
   * Runs a task on every worker, with the worker's number, counted from 0.
   *
   * @param what the task's description in Spark's interface
   * @return the results in the order of the workers
   */
  public <R extends Serializable> List<R> all(String what, Task<Integer, R> task) {
    return SparkTasks.run(spark, "train: " + what, numbers(), task, result -> {});
  }

  /**
   * Starts the engine on every worker. The driver need not be able to run it.
   *
   * @param who what averages
   * @param resumed whether the training resumes from a checkpoint and needs no first state
   * @throws io.millrace.pipeline.CannotException if the engine does not run on a worker's machine
   */
  public EngineStart begin(LearnerSpec spec, Averaging.By who, boolean resumed) {
    return EngineStart.of(
        all("start the engine", worker -> EngineStart.on(worker, spec, who, resumed)));
  }

  private List<Integer> numbers() {
    return IntStream.range(0, count).boxed().toList();
  }
}
