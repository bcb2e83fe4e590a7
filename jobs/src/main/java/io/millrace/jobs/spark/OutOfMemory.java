package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.util.stream.Stream;

/** Recognises tasks that failed because a heap was too small for them or for their results. */
final class OutOfMemory {
  // Spark passes a task's error on as text. Within one process a result is lost only for lack of
  // heap.
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
        "a heap was too small for a task or its result; give more to the driver, whose heap has %s (MILLRACE_JAVA_OPTS=-Xmx..., or --driver-memory of spark-submit), and on a cluster to executors (%s)"
            .formatted(Amounts.memory(Runtime.getRuntime().maxMemory()), ExecutorMemory.HEAP),
        failure);
  }
}
