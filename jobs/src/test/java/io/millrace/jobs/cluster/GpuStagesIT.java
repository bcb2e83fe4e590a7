package io.millrace.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.cluster.ClusterPipeline.Outcome;
import io.millrace.jobs.spark.GpuSettings;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import io.millrace.pipeline.CannotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two workers that each offer a GPU: no GPU is there, but Spark does not check. The cluster of the
 * other tests offers none. Takes about 70 s: a cluster, and two pipelines on it.
 */
@ExtendWith(Cluster.class)
class GpuStagesIT {
  private static final String OF_EXECUTOR = "spark.executor.resource.gpu.amount";

  @TempDir static Path folder;
  private static Ended started;

  @BeforeAll
  static void start() throws Exception {
    started =
        Cluster.start(
                folder.resolve("c"),
                "--workers",
                "2",
                "--cores",
                "2",
                "--memory",
                "4g",
                "--gpus",
                "3,5")
            .expecting(0);
  }

  @AfterAll
  static void stop() throws Exception {
    Cluster.stop(folder.resolve("c")).expecting(0);
  }

  @Test
  void givesEachTaskItsOwnGpu() throws Exception {
    List<String> notices = new ArrayList<>();
    Map<String, String> settings = new HashMap<>();
    settings.put("spark.master", Cluster.url(started));
    settings.put("spark.jars", "");
    // The task below is no part of the jar, and needs it: one loader must find both.
    settings.put(
        "spark.executor.extraClassPath",
        Launched.ROOT.resolve("jobs/target/test-classes") + ":" + ClusterPipeline.assembledJar());
    settings.put("spark.executor.memory", "1g");
    settings.put(OF_EXECUTOR, "1");
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    try {
      JavaSparkContext spark = SharedSpark.context(settings, scratch.toUri(), notices::add);
      // Each executor has two cores, and one GPU holds it to one task at a time.
      List<String> addresses =
          SparkTasks.run(spark, "addresses", List.of(0, 1), GpuStagesIT::address, address -> {});
      assertThat(addresses).containsExactlyInAnyOrder("3 one", "5 one");
      assertThat(notices)
          .singleElement()
          .asString()
          .startsWith("2 executors")
          .contains("and 1 GPU;");
    } finally {
      SharedSpark.stop();
    }
  }

  private static String address(Integer task) {
    return GpuSettings.addressOfTask().orElse("none") + (GpuSettings.oneOfExecutor() ? " one" : "");
  }

  @Test
  void trainingWithGpusIsItsOwnApplicationWithTheSameModel() throws Exception {
    Map<String, String> cluster =
        Map.of(
            "spark.master",
            Cluster.url(started),
            "spark.executor.memory",
            "1g",
            "spark.cores.max",
            "2");
    Outcome plain = ClusterPipeline.run(folder, "plain", cluster, stage -> {});
    Outcome outcome =
        ClusterPipeline.run(
            folder,
            List.of("workspace=" + folder.resolve("gpus"), "stages.model." + OF_EXECUTOR + "=1"),
            cluster,
            stage -> {});
    assertThat(outcome.digests()).isEqualTo(plain.digests());
    assertThat(outcome.notices())
        .anyMatch(
            notice ->
                notice.contains("application of its own") && notice.contains(OF_EXECUTOR + " = 1"))
        .anyMatch(notice -> notice.contains("and 1 GPU"))
        .anyMatch(notice -> notice.contains("computes on the CPU") && notice.contains("-Pcuda"));
  }

  @Test
  void refusesClusterWithoutGpus() throws Exception {
    Map<String, String> settings = Map.of("spark.master", Cluster.url(), OF_EXECUTOR, "1");
    Path scratch = Files.createDirectories(folder.resolve("scratch-without"));
    assertThatThrownBy(() -> SharedSpark.context(settings, scratch.toUri(), notice -> {}))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot run on " + Cluster.url())
        .hasMessageContaining("asks for 1 GPU (" + OF_EXECUTOR + ")")
        .hasMessageContaining("--gpus all");
    SharedSpark.stop();
  }
}
