package io.millrace.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.cluster.ClusterPipeline.Outcome;
import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.RealData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors that can't do what the driver wants of them end a run with one sentence. Takes about 70
 * s: executors are started again and again by Spark until it gives up.
 */
@ExtendWith(Cluster.class)
class ClusterRefusalsIT {
  @TempDir static Path folder;

  @Test
  void refusesExecutorsWithOtherInstructionSet() throws IOException {
    Outcome outcome = run("otherwise", "spark.executorEnv.ONEDNN_MAX_CPU_ISA", "SSE41");
    assertThat(outcome.failure())
        .startsWith("Cannot work on 127.0.0.1: it computes with sse41 and the driver with avx")
        .contains("ONEDNN_MAX_CPU_ISA");
  }

  /** Classes from a folder have no version, as another Millrace has another. */
  @Test
  void refusesExecutorsOfOtherMillraceVersion() throws IOException {
    String classes =
        Launched.ROOT.resolve("jobs/target/classes")
            + ":"
            + Launched.ROOT.resolve("pipeline/target/classes");
    Outcome outcome = run("another", "spark.executor.extraClassPath", classes);
    assertThat(outcome.failure())
        .startsWith("Cannot work on 127.0.0.1: it has Millrace (unpackaged) and the driver 0.")
        .contains("spark.executor.extraClassPath");
  }

  /** Spark would start them again and again without an end. */
  @Test
  void refusesUnreachableDriverAddress() throws IOException {
    Outcome outcome =
        run("deaf", "spark.driver.host", "127.0.0.9", "spark.driver.bindAddress", "127.0.0.1");
    assertThat(outcome.failure())
        .startsWith("Cannot run on " + Cluster.url() + ": ")
        .contains(" executors have started on 127.0.0.1 and ended before they reached this driver")
        .containsPattern("check that 127\\.0\\.0\\.9:\\d+ can be reached from there");
  }

  /** By Millrace's check where that Java can run Spark, otherwise by their early ends. */
  @Test
  void refusesExecutorsOfOtherJavaVersion() throws IOException {
    Path java = Path.of(System.getProperty("java.home")).toRealPath();
    Optional<Path> another;
    try (Stream<Path> beside = Files.list(java.getParent())) {
      another =
          beside
              .filter(home -> Files.exists(home.resolve("lib/modules")) && !isOf(java, home))
              .findFirst();
    }
    if (another.isEmpty()) {
      RealData.skip("beside " + java + " there is no Java of another version");
    }
    Outcome outcome = run("java", "spark.executorEnv.JAVA_HOME", another.orElseThrow().toString());
    assertThat(outcome.failure())
        .matches(
            "(?s)Cannot (work on 127\\.0\\.0\\.1: .*|run on .* executors have started on 127\\.0\\.0\\.1 .*)")
        .contains("Java ");
  }

  private static boolean isOf(Path java, Path home) {
    try {
      String version = "JAVA_VERSION=\"" + Runtime.version().feature() + ".";
      return home.toRealPath().equals(java)
          || Files.readString(home.resolve("release")).contains(version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome run(String name, String... more) throws IOException {
    Map<String, String> settings = new HashMap<>(Map.of("spark.master", Cluster.url()));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return ClusterPipeline.run(folder, name, settings, stage -> {});
  }
}
