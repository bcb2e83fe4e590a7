package io.millrace.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.jobs.cluster.ClusterPipeline.Outcome;
import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import io.millrace.jobs.testing.Launched.Running;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to processes of a cluster, a run ends with the digests of a local one. Takes
 * about three minutes: nine pipelines on a cluster, and executors that are given up after 10 s.
 */
@ExtendWith(Cluster.class)
class ClusterFaultsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Set<String> STAGES = Set.of("shards", "stats", "model", "test");

  @TempDir static Path folder;
  private static Map<String, String> local;

  @BeforeAll
  static void runLocally() throws IOException {
    local =
        ClusterPipeline.run(folder, "local", Map.of("spark.master", "local[2]"), stage -> {})
            .digests();
  }

  private static Map<String, String> settings(String... more) {
    Map<String, String> settings = new HashMap<>(Map.of("spark.master", Cluster.url()));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  @Test
  void executorsUnpackNativesAndKeepPicturesOffTheDriver(@TempDir Path cache) throws IOException {
    Traffic traffic = new Traffic();
    Outcome outcome =
        ClusterPipeline.run(
            folder,
            "cold",
            settings("spark.executorEnv.XDG_CACHE_HOME", cache.toString()),
            stage -> {
              if (STAGES.contains(stage)) {
                SparkContext.getOrCreate().addSparkListener(traffic.of(stage));
              }
            });
    assertThat(outcome.digests()).isEqualTo(local);
    assertThat(outcome.notices())
        .contains(
            "2 executors, each with 2.0 GiB heap and 2.0 GiB outside it; 8.0 GiB together on"
                + " 127.0.0.1.");
    try (Stream<Path> unpacked = Files.walk(cache)) {
      assertThat(unpacked.map(Path::toString)).anyMatch(name -> name.contains("libnd4jcpu"));
    }
    assertThat(traffic.lostExecutors()).isZero();
    assertThat(traffic.tasks())
        .containsOnlyKeys(STAGES)
        .allSatisfy((s, n) -> assertThat(n).isGreaterThan(1));
    assertThat(traffic.shuffledBytes()).isZero();
    long pictures = 300L * 3 * 32 * 32;
    for (String stage : STAGES) {
      assertThat(traffic.resultBytes().get(stage)).as(stage).isLessThan(pictures / 5);
    }
  }

  @Test
  void sameResultAfterExecutorKilledInAnyStage() throws IOException {
    List<Disturbance> blows = new ArrayList<>();
    Outcome outcome =
        ClusterPipeline.run(
            folder,
            "killed",
            settings(),
            stage -> {
              if (STAGES.contains(stage)) {
                blows.add(Disturbance.freeze(ProcessHandle::destroyForcibly, executor -> {}));
              }
            });
    assertThat(blows).hasSize(STAGES.size()).allMatch(Disturbance::struck);
    assertThat(outcome.digests()).isEqualTo(local);
    String killed = "was lost: exit status 137, killed, most often out of memory; ";
    assertThat(events(outcome, "executor-lost"))
        .allSatisfy(event -> assertThat(event).containsEntry("host", "127.0.0.1"))
        .extracting(event -> event.get("stage"))
        .containsExactlyInAnyOrderElementsOf(STAGES);
    assertThat(outcome.notices())
        .filteredOn(sentence -> sentence.contains(killed))
        .hasSize(STAGES.size())
        .allMatch(sentence -> sentence.matches("Executor \\d+ on 127.0.0.1 was lost: .*"))
        .anyMatch(sentence -> sentence.endsWith("; its tasks run again."));
    assertThat(Path.of(outcome.result().runFolder()).resolve("report.html"))
        .content()
        .contains(killed);
  }

  @Test
  void stopsStageWhenExecutorsKeepDying() throws IOException {
    Outcome outcome =
        ClusterPipeline.run(
            folder,
            "hopeless",
            settings(),
            stage -> {
              if (stage.equals("shards")) {
                SparkContext.getOrCreate().addSparkListener(Disturbance.killWhoeverBegins());
              }
            });
    assertThat(outcome.failure())
        .startsWith("Cannot run stage shards: ")
        .contains("executor ", " on 127.0.0.1 (exit status 137, killed", "spark.executor.memory");
    assertThat(events(outcome, "executor-lost")).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void sameResultAfterSparkGivesUpFrozenExecutor() throws IOException {
    freezesInTraining("frozen", executor -> {}, executor -> {});
  }

  @Test
  void sameResultAfterFrozenWorkerResumes() throws Exception {
    freezesInTraining(
        "woken",
        executor -> Processes.signal("STOP", worker(executor)),
        executor -> {
          Processes.signal("CONT", executor.pid());
          Processes.signal("CONT", worker(executor));
        });
    await()
        .atMost(PATIENCE)
        .until(
            () -> Cluster.script("start-cluster.sh", Cluster.folder(), "--status").status() == 0);
  }

  private static void freezesInTraining(
      String workspace, Disturbance.Blow atWork, Disturbance.Blow lost) throws IOException {
    List<Disturbance> blows = new ArrayList<>();
    Outcome outcome =
        ClusterPipeline.run(
            folder,
            workspace,
            // Given up in half of the time that is the default.
            settings(
                "spark.network.timeout", "10s",
                "spark.executor.heartbeatInterval", "2s",
                "spark.network.timeoutInterval", "2s"),
            stage -> {
              if (stage.equals("model")) {
                blows.add(Disturbance.freeze(atWork, lost));
              }
            });
    assertThat(blows).hasSize(1).allMatch(Disturbance::struck);
    assertThat(outcome.digests()).isEqualTo(local);
    // Nothing but that ends the round: no round that began with the frozen one ends before.
    Disturbance blow = blows.get(0);
    assertThat(roundEnds(outcome).stream().filter(it -> it.isAfter(blow.atWorkSince())))
        .isNotEmpty()
        .allMatch(it -> !it.isBefore(blow.givenUpAt()));
  }

  private static long worker(ProcessHandle executor) throws IOException {
    String name = Processes.worker(Cluster.folder(), executor);
    return Long.parseLong(Files.readString(Cluster.folder().resolve("pids").resolve(name)).strip());
  }

  private static List<Instant> roundEnds(Outcome outcome) throws IOException {
    return events(outcome, "round").stream()
        .map(event -> Instant.parse((String) event.get("time")))
        .toList();
  }

  private static List<Map<String, Object>> events(Outcome outcome, String kind) throws IOException {
    List<Map<String, Object>> events = new ArrayList<>();
    Path file = Path.of(outcome.result().runFolder()).resolve("events.jsonl");
    for (String line : Files.readAllLines(file)) {
      Map<String, Object> event = JsonText.object(line.getBytes(StandardCharsets.UTF_8));
      if (event.get("event").equals(kind)) {
        events.add(event);
      }
    }
    return events;
  }

  @Test
  void resumesKilledDriverWithTheSameDigests(@TempDir Path here) throws Exception {
    ClusterPipeline.in(here);
    String epochs = "params.epochs=12";
    Ended undisturbed =
        Launched.millrace(
                here, "run", "laws.conf", "--set", epochs, "--set", "workspace=a", "--json")
            .run()
            .expecting(0);
    Running killed =
        Launched.millrace(here, "run", "laws.conf", "--set", epochs, "--master", Cluster.url())
            .start();
    await().atMost(PATIENCE).until(() -> hasCheckpoint(here.resolve("ws/unfinished/model")));
    killed.kill();
    Ended resumed =
        Launched.millrace(
                here, "run", "laws.conf", "--set", epochs, "--master", Cluster.url(), "--json")
            .run()
            .expecting(0);
    assertThat(resumed.err()).contains("resumes from the checkpoint");
    assertThat(resumed.outcomes()).contains("shards:skipped", "model:ran");
    for (String stage : List.of("shards", "stats", "model", "test")) {
      assertThat(ClusterPipeline.digest(resumed.artifact(stage)))
          .isEqualTo(ClusterPipeline.digest(undisturbed.artifact(stage)));
    }
  }

  private static boolean hasCheckpoint(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.anyMatch(file -> file.toString().endsWith(".safetensors"));
    }
  }
}
