package io.millrace.jobs.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Freezes an executor before a stage, so that what Spark gives it to do can't be done, and then
 * lets something happen to it.
 */
final class Disturbance extends SparkListener {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int WORKERS = 2;

  /** What is done to it. */
  @FunctionalInterface
  interface Blow {
    void strike(ProcessHandle executor) throws IOException, InterruptedException;
  }

  private final String executor;
  private final ProcessHandle process;
  private final Blow atWork;
  private final Blow lost;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile Optional<Instant> atWorkSince = Optional.empty();
  private volatile Optional<Instant> givenUpAt = Optional.empty();
  private volatile boolean wasLost;

  private Disturbance(String executor, ProcessHandle process, Blow atWork, Blow lost) {
    this.executor = executor;
    this.process = process;
    this.atWork = atWork;
    this.lost = lost;
  }

  /**
   * Freezes one of the two executors of this JVM's application.
   *
   * @param atWork strikes when it has been given a task
   * @param lost strikes when Spark has given it up
   */
  static Disturbance freeze(Blow atWork, Blow lost) {
    SparkContext spark = SparkContext.getOrCreate();
    await().atMost(PATIENCE).until(() -> registered(spark) == WORKERS);
    Map.Entry<String, ProcessHandle> victim =
        Processes.executors(Cluster.folder(), spark.applicationId()).entrySet().iterator().next();
    Disturbance disturbance = new Disturbance(victim.getKey(), victim.getValue(), atWork, lost);
    try {
      Processes.signal("STOP", victim.getValue().pid());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    spark.addSparkListener(disturbance);
    return disturbance;
  }

  /** Kills every executor of this JVM's application that gets a task. */
  static SparkListener killWhoeverBegins() {
    String application = SparkContext.getOrCreate().applicationId();
    return new SparkListener() {
      @Override
      public void onTaskStart(SparkListenerTaskStart start) {
        ProcessHandle victim =
            Processes.executors(Cluster.folder(), application).get(start.taskInfo().executorId());
        if (victim != null) {
          victim.destroyForcibly();
        }
      }
    };
  }

  private static int registered(SparkContext spark) {
    // The driver's own store of blocks is among them.
    return spark.statusTracker().getExecutorInfos().length - 1;
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    if (start.taskInfo().executorId().equals(executor) && atWorkSince.isEmpty()) {
      atWorkSince = Optional.of(Instant.ofEpochMilli(start.taskInfo().launchTime()));
      strike(atWork);
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    // Tasks fail before others get their work; that the executor is removed is told later.
    if (end.taskInfo().executorId().equals(executor) && givenUpAt.isEmpty()) {
      givenUpAt = Optional.of(Instant.ofEpochMilli(end.taskInfo().finishTime()));
    }
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    if (removed.executorId().equals(executor)) {
      wasLost = true;
      strike(lost);
    }
  }

  private void strike(Blow blow) {
    try {
      blow.strike(process);
    } catch (IOException | InterruptedException e) {
      failure.set(e);
    }
  }

  /** Whether it had a task, Spark lost it, and its signals succeeded. */
  boolean struck() {
    return atWorkSince.isPresent() && wasLost && failure.get() == null;
  }

  /** When it was given a task that it can't do. */
  Instant atWorkSince() {
    return atWorkSince.orElseThrow();
  }

  /** When Spark gave up its first task. */
  Instant givenUpAt() {
    return givenUpAt.orElseThrow();
  }
}
