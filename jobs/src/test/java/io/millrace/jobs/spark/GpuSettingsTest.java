package io.millrace.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuSettingsTest {
  private static final String EXECUTOR = "spark.executor.resource.gpu.amount";
  private static final String TASK = "spark.task.resource.gpu.amount";
  private static final String SCRIPT = "spark.executor.resource.gpu.discoveryScript";
  private static final String MASTER = "spark.master";

  @Test
  void refusesGpusInLocalMode() {
    assertThat(problems(Map.of(EXECUTOR, "1")))
        .singleElement()
        .asString()
        .startsWith(EXECUTOR + " = 1 asks for GPUs")
        .contains("--master spark://HOST:PORT");
    assertThat(problems(Map.of(EXECUTOR, "1", TASK, "1", MASTER, "local[2]"))).hasSize(2);
  }

  @Test
  void standaloneClusterNeedsNoDiscoveryScript() {
    assertThat(problems(Map.of(EXECUTOR, "1", MASTER, "spark://h:7077"))).isEmpty();
  }

  @Test
  void otherClustersNeedADiscoveryScript() {
    assertThat(problems(Map.of(EXECUTOR, "2", MASTER, "yarn")))
        .singleElement()
        .asString()
        .contains(SCRIPT);
    assertThat(problems(Map.of(EXECUTOR, "2", SCRIPT, "/gpus.sh", MASTER, "yarn"))).isEmpty();
  }

  @Test
  void gpusOfTasksNeedGpusOfTheExecutor() {
    assertThat(problems(Map.of(TASK, "1", MASTER, "spark://h:7077")))
        .singleElement()
        .asString()
        .contains("set " + EXECUTOR);
  }

  @Test
  void refusesInvalidAmounts() {
    Map<String, String> cluster = Map.of(MASTER, "spark://h:7077", EXECUTOR, "two", TASK, "-1");
    assertThat(problems(cluster))
        .containsExactly(
            EXECUTOR + " = two can't be used: write a whole number of GPUs",
            TASK + " = -1 can't be used: write a whole number or a share of GPUs");
    assertThat(problems(Map.of(MASTER, "spark://h:7077", EXECUTOR, "2", TASK, "0.25"))).isEmpty();
  }

  /** A job by flags has no plan that could refuse them. */
  @Test
  void doesNotOpenSessionWithGpusInLocalMode(@TempDir Path folder) {
    assertThatThrownBy(
            () ->
                SharedSpark.context(
                    Map.of(EXECUTOR, "1"), folder.resolve("scratch").toUri(), notice -> {}))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot start Spark: " + EXECUTOR + " = 1 asks for GPUs");
    SharedSpark.stop();
  }

  @Test
  void commandLineOverridesStage() {
    Map<String, String> stage = Map.of(EXECUTOR, "1", MASTER, "local[2]");
    assertThat(GpuSettings.check(Map.of(MASTER, "spark://h:7077")).problems(stage)).isEmpty();
    assertThat(GpuSettings.check(Map.of()).problems(stage)).hasSize(1);
  }

  @Test
  void executorsSentenceCountsGpus() {
    ExecutorMemory memory = new ExecutorMemory(1L << 30, 1L << 30);
    assertThat(Executors.sentence(List.of("a", "b"), memory, 2))
        .isEqualTo("2 executors, each with 1.0 GiB heap and 1.0 GiB outside it, and 2 GPUs.");
    assertThat(Executors.sentence(List.of("a"), memory, 0))
        .isEqualTo("1 executor with 1.0 GiB heap and 1.0 GiB outside it.");
  }

  private static List<String> problems(Map<String, String> settings) {
    return GpuSettings.check(Map.of()).problems(settings);
  }
}
