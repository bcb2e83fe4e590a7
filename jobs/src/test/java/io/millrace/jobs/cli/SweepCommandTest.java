package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.spark.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes about 20 s: four trainings, each of a second. */
class SweepCommandTest {
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

  @Test
  void trainsEveryCombinationAndMakesWhatTheyShareOnce() throws Exception {
    String conf = TinyPipeline.in(folder).toString();
    String workspace = "workspace=" + folder.resolve("ws");
    String rates = "stages.model.schedule.one-cycle.lr=0.01,0.05";
    assertThat(run("run", conf, "--set", workspace)).isZero();
    String[] sweep = {
      "sweep", conf, "--set", rates, "--seeds", "2", "--set", workspace, "--json", "--parallel", "2"
    };
    assertThat(run(sweep)).as(err.toString(UTF_8)).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toByteArray());
    assertThat(json.path("stages").findValuesAsText("name"))
        .containsExactlyInAnyOrder(
            "synthesize",
            "shards",
            "stats",
            "model-lr0.01-seed1",
            "model-lr0.01-seed2",
            "model-lr0.05-seed1",
            "model-lr0.05-seed2",
            "test-lr0.01-seed1",
            "test-lr0.01-seed2",
            "test-lr0.05-seed1",
            "test-lr0.05-seed2");
    JsonNode summary = json.path("summary");
    assertThat(summary).hasSize(2);
    assertThat(json.path("variants")).hasSize(4);
    double sum = 0;
    for (JsonNode variant : json.path("variants")) {
      assertThat(variant.path("outcome").asText()).isEqualTo("succeeded");
      if (variant.path("set").elements().next().asText().equals("0.05")) {
        sum += variant.path("figures").path("loss").asDouble();
      }
    }
    JsonNode loss = summary.get(1).path("figures").path("loss");
    assertThat(loss.path("mean").asDouble()).isCloseTo(sum / 2, within(1e-12));
    assertThat(loss.path("std").asDouble()).as("the seeds differ").isPositive();

    String again = String.join(" ", sweep).replace(" --json", "");
    assertThat(run(again.split(" ", -1))).isZero();
    assertThat(out.toString(UTF_8))
        .contains("lr    seeds  accuracy", "0.01  2      ", " ± ", "accuracy\n", " lr\n")
        .doesNotContain(" ran ");
  }

  @Test
  void saysWhatItWouldDo() throws Exception {
    String conf = TinyPipeline.in(folder).toString();
    assertThat(run("sweep", conf, "--set", "stages.model.batch=10,20", "--dry-run")).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("2 variants of 7 stages: model-batch10, model-batch20, shards, stats,");
    assertThat(
            run(
                "sweep",
                conf,
                "--set",
                "stages.model.augment=[{ flip = horizontal }],[]",
                "--dry-run"))
        .isZero();
    assertThat(out.toString(UTF_8)).contains("model-augment-1", "model-augment-2");
  }

  @Test
  void refusesOneVariantAndTooMany() throws Exception {
    String conf = TinyPipeline.in(folder).toString();
    assertThat(run("sweep", conf)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("Cannot sweep one variant: give several values");
    assertThat(run("sweep", conf, "--seeds", "10000")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("Cannot sweep 10,000 variants", "--yes");
    assertThat(run("sweep", conf, "--set", "stages.model.batch=8,none")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("'none' is not a whole number");
    assertThat(run("sweep", conf, "--set", "batch")).isEqualTo(2);
    assertThat(run("sweep", conf, "--set", "stages.model.batch=8,,9")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("a value of stages.model.batch is empty");
  }
}
