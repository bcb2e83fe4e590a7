package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.util.stream.Stream;

/** Tasks that ended for want of heap, or whose results found no room on the way to the driver. */
final class OutOfMemory {
  // Spark hands a task's error over as text. A result can't be lost within one process but by that.
  private static final String HEAP = "java.lang.OutOfMemoryError: Java heap space";
  private static final String LOST = "executor driver): TaskResultLost";

  private OutOfMemory() {}

  static boolean isIn(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .map(String::valueOf)
        .anyMatch(said -> said.contains(HEAP) || said.contains(LOST));
  }

  static CannotException sentence(Throwable failure) {
    return new CannotException(
        "finish the work on Spark",
        "a task or its result found no room on a heap; give more to the driver, whose own is %s (MILLRACE_JAVA_OPTS=-Xmx..., or --driver-memory of spark-submit), and on a cluster to executors (%s)"
            .formatted(Amounts.memory(Runtime.getRuntime().maxMemory()), ExecutorMemory.HEAP),
        failure);
  }
}
