package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.JavaConverters;

/**
 * Listens for executors that Spark loses, and reports each to the stages whose tasks it had. While
 * no stage has work on Spark, the report is kept for the next stage that has.
 */
final class LostExecutors extends SparkListener {
  static final String GROUP = "spark.jobGroup.id";
  // Each thread has its own stage, as it has its own Spark job group.
  private static final ThreadLocal<StageLosses> STAGE = new ThreadLocal<>();

  private final Map<String, String> hosts = new HashMap<>();
  private final Map<String, Long> begun = new HashMap<>();
  private final Map<Integer, String> groups = new HashMap<>();
  private final Map<String, Map<Long, String>> tasks = new HashMap<>();
  private final Map<String, Work> works = new LinkedHashMap<>();
  private final List<LostExecutor> untold = new ArrayList<>();
  private long told;

  /** Watches a context from now on. */
  static LostExecutors watch(JavaSparkContext spark) {
    LostExecutors losses = new LostExecutors();
    spark.sc().addSparkListener(losses);
    // On some clusters executors start before a listener can be added.
    losses.know(JavaConverters.seqAsJavaList(spark.sc().statusStore().executorList(true)));
    return losses;
  }

  private synchronized void know(List<ExecutorSummary> executors) {
    executors.forEach(it -> hosts.putIfAbsent(it.id(), it.hostPort().replaceFirst(":\\d+$", "")));
  }

  /**
   * Sets the stage that this thread works for.
   *
   * @param what is done, after "cannot"
   */
  static void workFor(String what, JobContext context) {
    StageLosses stage = STAGE.get();
    if (stage == null || !stage.isOf(context)) {
      STAGE.set(new StageLosses(what, context));
    }
  }

  /** Lost executors of this thread's work are not reported from now on. */
  static void workForNobody() {
    STAGE.remove();
  }

  /**
   * Begins work on Spark.
   *
   * @param group of its jobs
   * @throws CannotException if its stage has lost too many executors
   */
  synchronized Work begin(JavaSparkContext spark, String group, String description) {
    Work work = new Work(spark, group, description, Optional.ofNullable(STAGE.get()));
    works.put(group, work);
    untold.forEach(lost -> work.lost(lost, false));
    untold.clear();
    work.throwVerdict();
    return work;
  }

  private synchronized void end(Work work) {
    works.remove(work.group);
  }

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded added) {
    hosts.put(added.executorId(), added.executorInfo().executorHost());
    begun.put(added.executorId(), ++told);
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    Properties properties = submitted.properties();
    String group = properties == null ? null : properties.getProperty(GROUP);
    if (group != null) {
      groups.put(submitted.stageInfo().stageId(), group);
    }
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted completed) {
    groups.remove(completed.stageInfo().stageId());
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    String group = groups.get(start.stageId());
    if (group != null) {
      tasks
          .computeIfAbsent(start.taskInfo().executorId(), id -> new HashMap<>())
          .put(start.taskInfo().taskId(), group);
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    // Spark may report the lost tasks before or after the lost executor.
    Map<Long, String> had = tasks.get(end.taskInfo().executorId());
    if (had != null && !(end.reason() instanceof ExecutorLostFailure)) {
      had.remove(end.taskInfo().taskId());
    }
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    String id = removed.executorId();
    Map<Long, String> had = tasks.getOrDefault(id, Map.of());
    tasks.remove(id);
    String host = Optional.ofNullable(hosts.remove(id)).orElse("");
    long since = Optional.ofNullable(begun.remove(id)).orElse(0L);
    Optional<ExecutorLoss> loss = ExecutorLoss.of(removed.reason());
    if (loss.isEmpty()) {
      return;
    }
    LostExecutor lost = new LostExecutor(id, host, loss.get(), removed.reason(), since, ++told);
    List<Work> struck = works.values().stream().filter(it -> had.containsValue(it.group)).toList();
    if (!struck.isEmpty()) {
      struck.forEach(work -> work.lost(lost, true));
    } else if (works.isEmpty()) {
      untold.add(lost);
    } else {
      works.values().iterator().next().lost(lost, false);
    }
  }

  /** Work on Spark from its beginning to its end. */
  final class Work implements AutoCloseable {
    private final JavaSparkContext spark;
    private final String group;
    private final String description;
    private final Optional<StageLosses> stage;

    private Work(
        JavaSparkContext spark, String group, String description, Optional<StageLosses> stage) {
      this.spark = spark;
      this.group = group;
      this.description = description;
      this.stage = stage;
    }

    private void lost(LostExecutor lost, boolean hadTasks) {
      stage.ifPresent(it -> it.add(lost, hadTasks ? description : "", memory()));
      if (stage.flatMap(StageLosses::verdict).isPresent()) {
        spark.cancelJobGroup(group);
      }
    }

    private ExecutorMemory memory() {
      return ExecutorMemory.of(spark.getConf());
    }

    private void throwVerdict() {
      Optional<CannotException> verdict = stage.flatMap(StageLosses::verdict);
      if (verdict.isPresent()) {
        works.remove(group);
        throw verdict.get();
      }
    }

    /** To be called when the work has succeeded. */
    void done() {
      synchronized (LostExecutors.this) {
        stage.ifPresent(StageLosses::progressed);
      }
    }

    /** Why it failed, if it was for lost executors. */
    Optional<CannotException> why(Throwable failure) {
      synchronized (LostExecutors.this) {
        return stage
            .flatMap(StageLosses::verdict)
            .or(() -> stage.flatMap(it -> it.of(failure, memory())));
      }
    }

    @Override
    public void close() {
      end(this);
    }
  }
}
