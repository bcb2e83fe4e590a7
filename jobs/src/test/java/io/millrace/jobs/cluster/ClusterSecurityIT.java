package io.millrace.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.cluster.ClusterPipeline.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster that asks for a secret and encrypts what it sends. Takes about 25 s: a cluster, and a
 * pipeline for each secret.
 */
class ClusterSecurityIT {
  private static final String SECRET = "a-secret-that-nobody-guesses";
  private static final Duration NOT_ENDLESS = Duration.ofSeconds(45);

  @TempDir static Path folder;
  private static String url;

  @BeforeAll
  static void start() throws Exception {
    Path properties =
        Files.writeString(
            folder.resolve("spark.properties"),
            """
            spark.authenticate true
            spark.authenticate.secret %s
            spark.network.crypto.enabled true
            """
                .formatted(SECRET));
    url =
        Cluster.url(
            Cluster.start(
                    folder.resolve("c"),
                    "--workers",
                    "1",
                    "--cores",
                    "2",
                    "--properties-file",
                    properties.toString())
                .expecting(0));
  }

  @AfterAll
  static void stop() throws Exception {
    Cluster.stop(folder.resolve("c")).expecting(0);
  }

  private static Outcome run(String workspace, String... settings) throws IOException {
    Map<String, String> all = new HashMap<>(Map.of("spark.master", url));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return ClusterPipeline.run(folder, workspace, all, stage -> {});
  }

  @Test
  void runsWithSecretAndWritesItNowhere() throws IOException {
    Outcome outcome =
        run(
            "right",
            "spark.authenticate",
            "true",
            "spark.authenticate.secret",
            SECRET,
            "spark.network.crypto.enabled",
            "true");
    assertThat(outcome.digests()).containsKeys("model", "test");
    try (Stream<Path> written = Files.walk(folder.resolve("right"))) {
      assertThat(written.filter(Files::isRegularFile).toList())
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                      .as("%s", file)
                      .doesNotContain(SECRET));
    }
  }

  @Test
  void refusesWrongOrMissingSecretAtOnce() throws IOException {
    long start = System.nanoTime();
    assertThat(
            run(
                    "wrong",
                    "spark.authenticate",
                    "true",
                    "spark.authenticate.secret",
                    "another",
                    "spark.network.crypto.enabled",
                    "true")
                .failure())
        .startsWith("Cannot reach the Spark master " + url)
        .contains("does not take this spark.authenticate.secret")
        .doesNotContain("another");
    assertThat(run("missing").failure())
        .startsWith("Cannot reach the Spark master " + url)
        .contains("give spark.authenticate=true and spark.authenticate.secret");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(NOT_ENDLESS);
  }
}
