package io.millrace.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.cluster.ExecutorInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostExecutorsTest {
  private static final String KILLED = "Command exited with code 137";
  private static final String BROKEN = "Remote RPC client disassociated.";

  @TempDir static Path scratch;
  private static JavaSparkContext spark;

  private final List<String> told = new ArrayList<>();
  private final LostExecutors losses = new LostExecutors();

  @BeforeAll
  static void start() {
    spark = SharedSpark.context(Map.of("spark.master", "local[2]"), scratch.toUri(), told -> {});
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @BeforeEach
  void beAStage() {
    LostExecutors.workFor(
        "run stage model",
        new JobContext() {
          @Override
          public Progress progress(String label, long total, String unit) {
            return JobContext.silent().progress(label, total, unit);
          }

          @Override
          public void event(String kind, Map<String, ?> fields) {
            told.add(kind + " " + fields);
          }

          @Override
          public void notice(String sentence) {
            told.add(sentence);
          }
        });
  }

  private void comes(String id) {
    losses.onExecutorAdded(
        new SparkListenerExecutorAdded(
            0, id, new ExecutorInfo("h" + id, 1, new scala.collection.immutable.HashMap<>())));
  }

  private void goes(String id, String reason) {
    losses.onExecutorRemoved(new SparkListenerExecutorRemoved(0, id, reason));
  }

  @Test
  void reportsLossAsEventAndSentence() {
    comes("1");
    LostExecutors.Work work = losses.begin(spark, "g", "train: round 13");
    goes("1", KILLED);
    work.close();
    assertThat(told)
        .containsExactly(
            "executor-lost {executor=1, host=h1, why=exit status 137, killed, most often out of"
                + " memory, reason=Command exited with code 137, work=}",
            "Executor 1 on h1 was lost: exit status 137, killed, most often out of memory; it had"
                + " no task.");
  }

  @Test
  void namesTheShareOfTheRoundThatRunsAgain() {
    ExecutorLoss loss = ExecutorLoss.of(KILLED).orElseThrow();
    LostExecutor lost = new LostExecutor("1", "h1", loss, KILLED, 0, 1);
    assertThat(lost.sentence("train: round 13")).endsWith("; its share of round 13 runs again.");
    assertThat(lost.sentence("ingest shards")).endsWith("; its tasks run again.");
  }

  @Test
  void reportsLossBetweenStagesWithTheNextOne() {
    comes("1");
    goes("1", BROKEN);
    assertThat(told).isEmpty();
    losses.begin(spark, "g", "ingest shards").close();
    assertThat(told)
        .last()
        .asString()
        .startsWith("Executor 1 on h1 was lost: its connection broke");
  }

  @Test
  void stopsStageAfterThreeLossesInARow() {
    try (LostExecutors.Work work = losses.begin(spark, "g", "train: round 13")) {
      for (String id : List.of("1", "2", "3")) {
        assertThat(work.why(new SparkException("cancelled"))).isEmpty();
        comes(id);
        goes(id, KILLED);
      }
      assertThat(work.why(new SparkException("cancelled")))
          .map(Throwable::getMessage)
          .contains(
              "Cannot run stage model: executors were lost three times in the same way, the last"
                  + " time executor 3 on h3 (exit status 137, killed, most often out of memory),"
                  + " with 1.0 GiB heap and 384.0 MiB outside it; give each more memory"
                  + " (spark.executor.memory, spark.executor.memoryOverhead, the limit of its"
                  + " container), or let its tasks need less (train: batch, workers)");
    }
    assertThatThrownBy(() -> losses.begin(spark, "next", "train: round 14"))
        .isInstanceOf(CannotException.class);
  }

  @Test
  void countsExecutorsLostTogetherOnce() {
    try (LostExecutors.Work work = losses.begin(spark, "g", "train: round 13")) {
      List<String> four = List.of("1", "2", "3", "4");
      four.forEach(this::comes);
      four.forEach(id -> goes(id, KILLED));
      assertThat(work.why(new SparkException("no matter"))).isEmpty();
    }
    assertThat(told).hasSize(8);
  }

  @Test
  void lossesBetweenSuccessfulRoundsDoNotStopTheStage() {
    for (String id : List.of("1", "2", "3", "4")) {
      comes(id);
      try (LostExecutors.Work work = losses.begin(spark, "g" + id, "train: round " + id)) {
        goes(id, BROKEN);
        assertThat(work.why(new SparkException("no matter"))).isEmpty();
        work.done();
      }
    }
  }

  @Test
  void saysWhatToDoWhenSparkGivesUpATask() {
    try (LostExecutors.Work work = losses.begin(spark, "g", "train: round 13")) {
      assertThat(
              work.why(
                  new SparkException(
                      "Job aborted due to stage failure: Task 0 in stage 3.0 failed 4 times, most"
                          + " recent failure: Lost task 0.3 in stage 3.0 (TID 7) (10.0.0.5 executor"
                          + " 4): ExecutorLostFailure (executor 4 exited caused by one of the"
                          + " running tasks) Reason: Command exited with code 52\n"
                          + "Driver stacktrace:")))
          .map(Throwable::getMessage)
          .contains(
              "Cannot run stage model: one task lost its executor 4 times, the last"
                  + " time executor 4 on 10.0.0.5 (exit status 52, its heap was full), with 1.0 GiB"
                  + " heap and 384.0 MiB outside it; raise spark.executor.memory, or let its tasks need"
                  + " less (train: batch, workers)");
    }
  }
}
