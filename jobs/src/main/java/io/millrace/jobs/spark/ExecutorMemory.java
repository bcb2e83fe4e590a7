package io.millrace.jobs.spark;

import io.millrace.pipeline.text.Amounts;
import org.apache.spark.SparkConf;

/**
 * The memory that an executor may use. Decoders and networks hold their arrays outside the heap, in
 * what Spark calls overhead: YARN and Kubernetes end a container that uses more than heap and
 * overhead.
 *
 * @param heap bytes
 * @param outside bytes beside the heap
 */
record ExecutorMemory(long heap, long outside) {
  static final String HEAP = "spark.executor.memory";
  static final String OVERHEAD = "spark.executor.memoryOverhead";
  // The part outside the heap that the JVM itself needs: code, classes, threads, network buffers.
  private static final long OF_THE_JVM = 512L << 20;
  private static final double LEAST_FOR_ARRAYS = 0.5;

  /** As the settings say. */
  static ExecutorMemory of(SparkConf conf) {
    return new ExecutorMemory(
        conf.getSizeAsBytes(HEAP, "1g"), conf.getSizeAsMb(OVERHEAD, "384m") << 20);
  }

  /** Heap and the rest. */
  long whole() {
    return heap + outside;
  }

  /** Bytes of native arrays. */
  long arrays() {
    return Math.max(outside - OF_THE_JVM, (long) (outside * LEAST_FOR_ARRAYS));
  }

  /** E.g. {@code 2.0 GiB heap and 2.0 GiB outside it}. */
  @Override
  public String toString() {
    return Amounts.memory(heap) + " heap and " + Amounts.memory(outside) + " outside it";
  }
}
