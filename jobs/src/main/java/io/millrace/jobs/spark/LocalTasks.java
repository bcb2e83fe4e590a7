package io.millrace.jobs.spark;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;

/**
 * The tasks of one job that run in the driver's own process. Spark does not wait for the tasks of a
 * failed job: they would continue to write into folders that are being removed.
 */
final class LocalTasks implements AutoCloseable {
  /** What Spark calls the driver among the executors. */
  private static final String DRIVER = "driver";

  private static final Map<String, LocalTasks> JOBS = new ConcurrentHashMap<>();

  private final String job;
  private int running;
  private boolean over;

  private LocalTasks(String job) {
    this.job = job;
  }

  /** For a new job. */
  static LocalTasks of(String job) {
    LocalTasks tasks = new LocalTasks(job);
    JOBS.put(job, tasks);
    return tasks;
  }

  /**
   * Registers the beginning of a task; does nothing in an executor.
   *
   * @return to be run when the task ends
   */
  static Runnable begin(String job) {
    if (!DRIVER.equals(SparkEnv.get().executorId())) {
      return () -> {};
    }
    LocalTasks tasks = JOBS.get(job);
    if (tasks == null) {
      throw new CancellationException("the job is over");
    }
    return tasks.begin();
  }

  private synchronized Runnable begin() {
    if (over) {
      throw new CancellationException("the job is over");
    }
    running++;
    return this::end;
  }

  private synchronized void end() {
    running--;
    notifyAll();
  }

  /** Lets no further task begin, and waits for those that run. */
  synchronized void awaitEnd() throws InterruptedException {
    over = true;
    while (running > 0) {
      wait();
    }
  }

  @Override
  public void close() {
    JOBS.remove(job);
  }
}
