package io.millrace.jobs.train;

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
record Workers(JavaSparkContext spark, int count) {
  /**
   * Lets all do the same, each with its number, counted from 0.
   *
   * @param what in words
   * @return the results in the order of the workers
   */
  <R extends Serializable> List<R> all(String what, Task<Integer, R> task) {
    List<Integer> numbers = IntStream.range(0, count).boxed().toList();
    return SparkTasks.run(spark, "train: " + what, numbers, task, result -> {});
  }
}
