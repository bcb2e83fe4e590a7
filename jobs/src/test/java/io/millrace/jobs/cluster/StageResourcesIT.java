package io.millrace.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.cluster.ClusterPipeline.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stages that take more of an executor than others, on a worker of two cores. Takes about 50 s: a
 * cluster, and a pipeline for each setting.
 */
class StageResourcesIT {
  @TempDir static Path folder;
  private static String url;

  @BeforeAll
  static void start() throws Exception {
    url =
        Cluster.url(
            Cluster.start(folder.resolve("c"), "--workers", "1", "--cores", "2").expecting(0));
  }

  @AfterAll
  static void stop() throws Exception {
    Cluster.stop(folder.resolve("c")).expecting(0);
  }

  @Test
  void stageWithMoreCoresPerTaskSharesTheSession() throws Exception {
    Map<String, Integer> profiles = new ConcurrentHashMap<>();
    Outcome outcome =
        ClusterPipeline.run(
            folder,
            List.of("workspace=" + folder.resolve("ws"), "stages.stats.spark.task.cpus=2"),
            Map.of("spark.master", url),
            stage -> {
              if (stage.equals("shards")) {
                SparkContext.getOrCreate().addSparkListener(new ProfileListener(profiles));
              }
            });
    assertThat(outcome.digests()).containsKey("test");
    assertThat(outcome.notices())
        .contains(
            "Shares the run's session with a resource profile of its own: spark.task.cpus = 2.")
        .noneMatch(notice -> notice.contains("application of its own"));
    assertThat(profiles.get("stats stats")).isPositive();
    assertThat(profiles).containsEntry("ingest shards", 0);
    assertThat(profiles).containsEntry("train: round 1", 0);
  }

  @Test
  void refusesTasksThatNoExecutorHasRoomFor() throws Exception {
    Outcome outcome =
        ClusterPipeline.run(
            folder,
            List.of("workspace=" + folder.resolve("narrow"), "stages.stats.spark.task.cpus=2"),
            Map.of("spark.master", url, "spark.cores.max", "1"),
            stage -> {});
    assertThat(outcome.failure())
        .startsWith(
            "Cannot run on "
                + url
                + ": a task asks for 2 processors (spark.task.cpus), and no executor has more than 1;");
  }

  /** No executor is there before there is work for it. */
  @Test
  void sameResultWithDynamicAllocation() throws Exception {
    Outcome outcome =
        ClusterPipeline.run(
            folder,
            "dynamic",
            Map.of(
                "spark.master",
                url,
                "spark.executor.cores",
                "1",
                "spark.dynamicAllocation.enabled",
                "true",
                "spark.dynamicAllocation.shuffleTracking.enabled",
                "true"),
            stage -> {});
    assertThat(outcome.notices())
        .anyMatch(notice -> notice.startsWith("Executors are started and ended as needed"));
    assertThat(outcome.digests())
        .isEqualTo(
            ClusterPipeline.run(folder, "local", Map.of("spark.master", "local[1]"), stage -> {})
                .digests());
  }

  /** Notes the resource profile of every job, by its description. */
  private static final class ProfileListener extends SparkListener {
    private final Map<String, Integer> profiles;

    ProfileListener(Map<String, Integer> profiles) {
      this.profiles = profiles;
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
      profiles.put(
          submitted.properties().getProperty("spark.job.description"),
          submitted.stageInfo().resourceProfileId());
    }
  }
}
