package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import org.apache.spark.SparkConf;

/**
 * The heaps that Spark's own memory needs. Spark refuses smaller ones, too, but names options that
 * a user of this command does not have.
 */
final class DriverHeap {
  // 1.5 times what Spark keeps for itself, 300 MB.
  private static final long LEAST = 450L << 20;
  // Java does not count all of -Xmx as usable heap.
  private static final String ENOUGH = "600m";

  private DriverHeap() {}

  /**
   * Refuses what Spark would refuse.
   *
   * @throws CannotException if the heap of this process or of an executor is too small
   */
  static void require(SparkConf conf) {
    require(conf, Runtime.getRuntime().maxMemory(), SharedSpark.isSubmitted());
  }

  static void require(SparkConf conf, long heap, boolean submitted) {
    String what = "start Spark on " + conf.get("spark.master");
    if (heap < LEAST) {
      throw new CannotException(
          what,
          "Java's heap here is %s at most and Spark needs %s; give it more with %s"
              .formatted(
                  Amounts.memory(heap),
                  Amounts.memory(LEAST),
                  submitted
                      ? "--driver-memory " + ENOUGH
                      : "MILLRACE_JAVA_OPTS=-Xmx" + ENOUGH + " (java -Xmx" + ENOUGH + ")"));
    }
    long executor = conf.getSizeAsBytes(ExecutorMemory.HEAP, "1g");
    if (executor < LEAST) {
      throw new CannotException(
          what,
          "%s is %s and Spark needs %dm of an executor at least; raise it"
              .formatted(ExecutorMemory.HEAP, conf.get(ExecutorMemory.HEAP), LEAST >> 20));
    }
  }
}
