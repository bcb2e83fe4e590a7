package io.millrace.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedSparkTest {
  @TempDir Path temp;

  private record Nothing() {}

  @AfterEach
  void stop() {
    SharedSpark.stop();
  }

  @Test
  void settingsOverrideSparkSubmitsExceptItsMaster() {
    Map<String, String> submitted =
        Map.of(
            "spark.master", "spark://host:7077",
            "spark.executor.memory", "3g",
            "spark.executor.cores", "2",
            "spark.submit.deployMode", "cluster");
    try {
      submitted.forEach(System::setProperty);
      assertThat(
              SharedSpark.overSubmitted(
                  Map.of("spark.master", "local[2]", "spark.executor.memory", "1g")))
          .containsEntry("spark.master", "spark://host:7077")
          .containsEntry("spark.executor.memory", "1g")
          .containsEntry("spark.executor.cores", "2")
          .doesNotContainKey("spark.submit.deployMode");
    } finally {
      submitted.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void temporaryFilesLiveAsLongAsTheContext() throws Exception {
    Path first = Files.createDirectories(temp.resolve("scratch/first"));
    Path second = Files.createDirectories(temp.resolve("scratch/second"));
    JavaSparkContext spark = SharedSpark.context(request(first), JobContext.silent());
    FileUtil.fullyDelete(first.toFile());

    assertThat(SharedSpark.context(request(second), JobContext.silent())).isSameAs(spark);
    JavaRDD<Integer> onDisk =
        spark.parallelize(List.of(1, 2, 3), 3).persist(StorageLevel.DISK_ONLY());
    assertThat(onDisk.count()).isEqualTo(3);
    assertThat(onDisk.collect()).containsExactly(1, 2, 3);
    assertThat(below(temp.resolve("scratch"))).anyMatch(name -> name.startsWith("spark-"));
    SharedSpark.stop();
    assertThat(below(temp.resolve("scratch"))).containsExactly("second");
  }

  @Test
  void reopensContextWhoseTemporaryFilesAreGone() throws Exception {
    Path first = Files.createDirectories(temp.resolve("first/scratch"));
    Path second = Files.createDirectories(temp.resolve("second/scratch"));
    SharedSpark.context(request(first), JobContext.silent());
    FileUtil.fullyDelete(temp.resolve("first").toFile());
    assertThat(
            SharedSpark.context(request(second), JobContext.silent())
                .parallelize(List.of(1, 2))
                .count())
        .isEqualTo(2);
    assertThat(temp.resolve("first")).doesNotExist();
  }

  @Test
  void keepsTemporaryFilesInFolderWithAComma() throws Exception {
    Path scratch = Files.createDirectories(temp.resolve("a, b/scratch/s"));
    JavaRDD<Integer> onDisk =
        SharedSpark.context(request(scratch), JobContext.silent())
            .parallelize(List.of(1, 2, 3), 3)
            .persist(StorageLevel.DISK_ONLY());
    assertThat(onDisk.count()).isEqualTo(3);
    assertThat(below(temp)).containsExactly("a, b");
    assertThat(Path.of(" b")).doesNotExist();
  }

  @Test
  void refusesUnknownMasterInOneSentence() throws Exception {
    Path scratch = Files.createDirectories(temp.resolve("scratch/s"));
    assertThatThrownBy(
            () ->
                SharedSpark.context(
                    Map.of("spark.master", "sprak://host"), scratch.toUri(), sentence -> {}))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot start Spark on sprak://host: ")
        .hasMessageEndingWith("; fix --master or --conf");
  }

  @Test
  void returnsResultsOfManyTasksInOrder() throws Exception {
    Path scratch = Files.createDirectories(temp.resolve("scratch/s"));
    List<Integer> inputs = List.of(5, 4, 3, 2, 1, 0);
    List<Integer> squares =
        SparkTasks.run(
            SharedSpark.context(request(scratch), JobContext.silent()),
            "squares",
            inputs,
            i -> i * i,
            done -> {});
    assertThat(squares).containsExactly(25, 16, 9, 4, 1, 0);
  }

  private static JobRequest<Nothing> request(Path scratch) {
    return new JobRequest<>(
        "stage",
        new Nothing(),
        scratch.toUri(),
        scratch.toUri(),
        scratch.toUri(),
        Map.of("spark.master", "local[1]"),
        "");
  }

  private static List<String> below(Path folder) throws IOException {
    try (Stream<Path> names = Files.list(folder)) {
      return names.map(name -> name.getFileName().toString()).toList();
    }
  }
}
