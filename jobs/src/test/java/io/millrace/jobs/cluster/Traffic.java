package io.millrace.jobs.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** What Spark's own metrics say of the bytes that tasks sent, by stage of the pipeline. */
final class Traffic {
  private final Map<String, Long> results = new ConcurrentHashMap<>();
  private final Map<String, Integer> tasks = new ConcurrentHashMap<>();
  private final AtomicLong shuffled = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private volatile String stage;
  private boolean listening;

  /** The listener; whatever ends from now on belongs to that stage. */
  synchronized SparkListener of(String now) {
    stage = now;
    if (listening) {
      return new SparkListener() {};
    }
    listening = true;
    return new SparkListener() {
      @Override
      public void onTaskEnd(SparkListenerTaskEnd end) {
        TaskMetrics metrics = end.taskMetrics();
        results.merge(stage, metrics.resultSize(), Long::sum);
        tasks.merge(stage, 1, Integer::sum);
        shuffled.addAndGet(
            metrics.shuffleWriteMetrics().bytesWritten()
                + metrics.shuffleReadMetrics().totalBytesRead());
      }

      @Override
      public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        lost.incrementAndGet();
      }
    };
  }

  /** Tasks by stage. */
  Map<String, Integer> tasks() {
    return new TreeMap<>(tasks);
  }

  /** Bytes of results that reached the driver, by stage. */
  Map<String, Long> resultBytes() {
    return new TreeMap<>(results);
  }

  long shuffledBytes() {
    return shuffled.get();
  }

  long lostExecutors() {
    return lost.get();
  }
}
