package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.spark.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes about 20 s: three searches of 40 steps. */
class LrFindCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(arguments);
  }

  private String artifact(String stage) throws Exception {
    try (Stream<Path> all = Files.list(folder.resolve("ws/artifacts").resolve(stage))) {
      return all.filter(Files::isDirectory).findFirst().orElseThrow().toString();
    }
  }

  @Test
  void printsCurveAndSuggestionsAndKeepsNothing() throws Exception {
    String conf = TinyPipeline.in(folder).toString();
    String workspace = "workspace=" + folder.resolve("ws");
    assertThat(run("run", conf, "--only", "stats", "--set", workspace)).isZero();
    List<String> words =
        new ArrayList<>(
            List.of(
                "lr-find",
                "--shards",
                artifact("shards"),
                "--stats",
                artifact("stats"),
                "--architecture",
                "conv-net",
                "--channels",
                "4,8",
                "--batch",
                "10",
                "--from",
                "1e-4",
                "--to",
                "100",
                "--steps",
                "40"));
    assertThat(run(words.toArray(String[]::new))).as(err.toString(UTF_8)).isZero();
    assertThat(out.toString(UTF_8))
        .contains("loss, smoothed", "learning rate\n", "learning rates to try: valley ")
        .contains("minimum / 10 ");
    words.add("--json");
    assertThat(run(words.toArray(String[]::new))).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toByteArray());
    assertThat(json.path("suggestion").path("valley").asDouble()).isBetween(1e-4, 100.0);
    assertThat(json.path("suggestion").path("steepest").asDouble()).isBetween(1e-4, 100.0);
    JsonNode curve = json.path("curve");
    assertThat(curve.size()).isBetween(20, 40);
    assertThat(curve.get(0).path("lr").asDouble()).isEqualTo(1e-4);
    assertThat(curve.get(0).path("loss").asDouble()).isPositive();

    words.addAll(List.of("--output", folder.resolve("found").toString()));
    assertThat(run(words.toArray(String[]::new))).isZero();
    assertThat(folder.resolve("found/lr-find.json")).exists();
    assertThat(run("show", folder.resolve("found").toString())).isZero();
    assertThat(out.toString(UTF_8)).contains("valley", "steepest");
    assertThat(run(words.toArray(String[]::new))).as("there is a result already").isEqualTo(1);
  }
}
