package io.millrace.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import io.millrace.jobs.testing.Launched.Running;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs and stages that are applications of their own, and what an application shows of itself.
 * Takes more than two minutes: a pipeline in processes of its own for each way to submit it.
 */
@ExtendWith(Cluster.class)
class ClusterApplicationsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final List<String> STAGES = List.of("shards", "stats", "model", "test");

  @TempDir static Path folder;
  private static Ended local;

  @BeforeAll
  static void runLocally() throws Exception {
    ClusterPipeline.in(folder);
    local = run("local").expecting(0);
  }

  private static Ended run(String workspace, String... more) throws Exception {
    return start(workspace, more).end();
  }

  private static Running start(String workspace, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "laws.conf", "--json"));
    words.addAll(List.of("--set", "workspace=" + workspace));
    words.addAll(List.of(more));
    return Launched.millrace(folder, words.toArray(String[]::new)).start();
  }

  private static List<String> digests(Ended run) throws IOException {
    List<String> digests = new ArrayList<>();
    for (String stage : STAGES) {
      digests.add(ClusterPipeline.digest(run.artifact(stage)));
    }
    return digests;
  }

  @Test
  void localExecutorsStartFromTheClassArchive() throws Exception {
    Path archive = Launched.ROOT.resolve("jobs/target/launcher/classes.jsa");
    Running running = start("archived", "--master", Cluster.url());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Processes.executors(Cluster.folder()).stream()
                    .anyMatch(e -> Processes.maps(e, archive)));
    assertThat(digests(running.end().expecting(0))).isEqualTo(digests(local));
  }

  @Test
  void waitsForDriverOnTheClusterAndPrintsItsResult() throws Exception {
    Path told = folder.resolve("told.json");
    Ended deployed =
        run(
            "deployed",
            "--master",
            Cluster.url(),
            "--deploy-mode",
            "cluster",
            "--result",
            told.toString());
    assertThat(digests(deployed.expecting(0))).isEqualTo(digests(local));
    Path left = Path.of((String) deployed.json().get("run-folder")).resolve("result.json");
    assertThat(JsonText.object(Files.readAllBytes(left))).isEqualTo(deployed.json());
    assertThat(JsonText.object(Files.readAllBytes(told))).isEqualTo(deployed.json());
    assertThat(folder.resolve("deployed/submissions")).isEmptyDirectory();
  }

  @Test
  void refusesStageSecretInClusterDeployMode() throws Exception {
    Ended refused =
        run(
                "secret",
                "--master",
                Cluster.url(),
                "--deploy-mode",
                "cluster",
                "--set",
                "stages.model.spark.hadoop.fs.s3a.secret.key=hidden")
            .expecting(2);
    assertThat(refused.err())
        .contains("stages.model.spark.hadoop.fs.s3a.secret.key", "--properties-file")
        .doesNotContain("hidden");
    assertThat(folder.resolve("secret")).doesNotExist();
  }

  @Test
  void returnsFailureAndStatusOfDriverOnTheCluster() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("nothing-in-it"));
    Ended failed =
        run(
                "failing",
                "--set",
                "stages.shards.source.path=" + empty,
                "--master",
                Cluster.url(),
                "--deploy-mode",
                "cluster")
            .expecting(1);
    assertThat(failed.json()).containsEntry("outcome", "failed");
    assertThat((String) failed.json().get("error")).startsWith("shards: Cannot ");
  }

  @Test
  void stagesWithTheSameResourcesShareOneApplication() throws Exception {
    Ended apart =
        run(
                "apart",
                "--master",
                Cluster.url(),
                "--conf",
                "spark.cores.max=1",
                "--set",
                "stages.model.spark.executor.memory=1g",
                "--set",
                "stages.test.spark.executor.memory=1g")
            .expecting(0);
    assertThat(digests(apart)).isEqualTo(digests(local));
    assertThat(apart.err())
        .contains("model: Runs in an application of its own")
        .contains("spark.executor.memory = 1g")
        .contains("model: 1 executor with 1.0 GiB heap")
        .contains("test: Shares the application of model: spark.executor.memory = 1g.");
    await().atMost(PATIENCE).until(() -> Processes.executors(Cluster.folder()).isEmpty());
    Path runFolder = Path.of((String) apart.json().get("run-folder"));
    assertThat(runFolder.resolve("spark-model.log"))
        .content()
        .contains("Successfully stopped SparkContext");
    assertThat(runFolder.resolve("spark-test.log")).doesNotExist();
    List<String> events = Files.readAllLines(runFolder.resolve("events.jsonl"));
    assertThat(events.stream().filter(line -> line.contains("\"event\":\"round\""))).hasSize(3);
  }

  @Test
  void driverExposesTrainingMetricsToPrometheus(@TempDir Path here) throws Exception {
    StringBuilder seen = new StringBuilder();
    ClusterPipeline.run(
            here,
            "metrics",
            Map.of(
                "spark.master",
                "local[2]",
                "spark.ui.enabled",
                "true",
                "spark.ui.port",
                "0",
                "spark.ui.prometheus.enabled",
                "true",
                "spark.metrics.conf.*.sink.prometheusServlet.class",
                "org.apache.spark.metrics.sink.PrometheusServlet",
                "spark.metrics.conf.*.sink.prometheusServlet.path",
                "/metrics/prometheus"),
            stage -> {
              if (stage.equals("test")) {
                seen.append(scraped());
              }
            })
        .digests();
    assertThat(seen.toString().lines())
        .anySatisfy(
            line -> {
              assertThat(line)
                  .matches("metrics_.*_driver_millrace_imagesPerSecond_Value.* [0-9.E]+");
              assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' ')))).isPositive();
            });
    assertThat(seen.toString()).contains("roundSeconds", "waitingShare", "averagingShare");
  }

  private static String scraped() {
    URI page = URI.create(SparkContext.getOrCreate().uiWebUrl().get() + "/metrics/prometheus/");
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
