package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.store.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code millrace doctor} on a real pipeline. Takes about 20 s: it measures five parts for a second
 * each, twice.
 */
class DoctorCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @Test
  void makesMissingStagesOnceAndReportsARateForEachPart() throws Exception {
    String conf = TinyPipeline.in(folder).toString();
    String workspace = "workspace=" + folder.resolve("ws");
    assertThat(run("doctor", conf, "--set", workspace, "--seconds", "1")).isZero();
    String text = out.toString(UTF_8);
    assertThat(text.lines().skip(1).map(line -> line.strip().split(" ", 2)[0]).toList())
        .containsExactly("part", "read", "decode", "augment", "assemble", "train", "Training");
    assertThat(text.lines().reduce((one, next) -> next).orElseThrow())
        .startsWith("Training itself is the slowest part: a worker trains ");
    assertThat(folder.resolve("ws/artifacts")).isDirectoryContaining(it -> it.endsWith("stats"));
    assertThat(folder.resolve("ws/artifacts/model")).doesNotExist();
    long runs = runs();

    assertThat(run("doctor", conf, "--set", workspace, "--seconds", "1", "--json")).isZero();
    Map<String, Object> json = JsonText.object(out.toByteArray());
    assertThat(json)
        .containsEntry("outcome", "succeeded")
        .containsEntry("stage", "model")
        .containsEntry("workers", 2L)
        .containsEntry("bottleneck", "train");
    assertThat((Map<?, ?>) json.get("parts")).hasSize(5);
    // All was there: no run is left for a report to be about.
    assertThat(runs()).isEqualTo(runs);
  }

  @Test
  void tellsOfTheMachineAndItsEnginesWithoutAFile() throws Exception {
    assertThat(run("doctor")).isZero();
    assertThat(out.toString(UTF_8).lines().map(line -> line.split("  ", 2)[0]).toList())
        .startsWith("java", "system", "processor", "memory", "natives", "engine dl4j")
        .contains("engine torch", "GPU");
    assertThat(out.toString(UTF_8))
        .contains("core", " unpacked in ", "Deeplearning4j 1.", "libtorch 2.", "; starts in ");

    assertThat(run("doctor", "--json")).isZero();
    Map<String, Object> json = JsonText.object(out.toByteArray());
    assertThat(json).containsEntry("outcome", "succeeded").containsKeys("fast-bf16", "natives");
    assertThat((List<?>) json.get("engines"))
        .extracting(engine -> (Object) ((Map<?, ?>) engine).get("name"))
        .contains("dl4j", "torch");

    assertThat(run("doctor", "--stage", "model")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--stage", "give its pipeline file");
  }

  @Test
  void refusesUnknownStageAndPipelineWithoutTraining() throws Exception {
    String conf = TinyPipeline.in(folder).toString();
    assertThat(run("doctor", conf, "--stage", "modell")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("no train stage 'modell'; did you mean 'model'?");
    Path none =
        Files.writeString(
            folder.resolve("none.conf"),
            "pipeline = none, workspace = ws, stages { s { job = synthesize, train = 20 } }");
    assertThat(run("doctor", none.toString())).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("none.conf", "has no train stage");
    assertThat(run("doctor", conf, "--seconds", "0")).isEqualTo(2);
  }

  private long runs() throws Exception {
    try (var listed = Files.list(folder.resolve("ws/runs"))) {
      return listed.count();
    }
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(arguments);
  }
}
