package io.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import io.millrace.jobs.testing.Launched.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole pipeline through the launcher: run, run again, changed, killed, run twice at once. Takes
 * about 100 s: nine trainings in processes of their own.
 */
class PipelineIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir static Path shared;
  private static Ended first;

  @BeforeAll
  static void runOnce() throws Exception {
    TinyPipeline.in(shared);
    first = Launched.millrace(shared, "run", "tiny.conf", "--json").run().expecting(0);
  }

  @Test
  void printsOneJsonObjectWithAllResults() throws Exception {
    assertThat(first.json())
        .containsEntry("pipeline", "tiny")
        .containsEntry("outcome", "succeeded");
    assertThat((double) first.json().get("seconds")).isPositive();
    assertThat(first.outcomes())
        .containsExactly("synthesize:ran", "shards:ran", "stats:ran", "model:ran", "test:ran");
    for (Map<String, Object> stage : first.stages()) {
      assertThat(stage)
          .containsKeys("name", "job", "outcome", "reason", "seconds", "artifact", "metrics");
      assertThat(Path.of((String) stage.get("artifact"))).isDirectory();
    }
    Map<?, ?> metrics = (Map<?, ?>) first.stages().get(4).get("metrics");
    assertThat((double) metrics.get("accuracy")).isBetween(0.0, 1.0);
  }

  @Test
  void keepsLogOutputOffTheTerminal() throws IOException {
    assertThat(first.err().lines())
        .allSatisfy(line -> assertThat(line).matches("(synthesize|shards|stats|model|test)[: ].*"));
    Path log = Path.of((String) first.json().get("run-folder")).resolve("spark.log");
    assertThat(log).content().contains("SparkContext");
  }

  @Test
  void skipsUnchangedStagesAndPlansSo() throws Exception {
    Ended plan = Launched.millrace(shared, "plan", "tiny.conf", "--json").run().expecting(0);
    assertThat(plan.outcomes()).allMatch(outcome -> outcome.endsWith(":skip"));
    Ended again = Launched.millrace(shared, "run", "tiny.conf", "--json").run().expecting(0);
    assertThat(again.outcomes()).allMatch(outcome -> outcome.endsWith(":skipped"));
    assertThat(again.artifact("model")).isEqualTo(first.artifact("model"));
    assertThat(again.stages().get(4).get("metrics"))
        .isEqualTo(first.stages().get(4).get("metrics"));
    assertThat(again.err()).isEmpty();
    Ended table = Launched.millrace(shared, "run", "tiny.conf").run().expecting(0);
    assertThat(table.out().lines().toList().get(1))
        .startsWith("synthesize  skipped  -")
        .contains("300 pictures")
        .contains("unchanged since");
  }

  @Test
  void changedEpochsRunOnlyTheModelAndItsDependents() throws Exception {
    Ended plan =
        Launched.millrace(shared, "plan", "tiny.conf", "--set", "params.epochs=2", "--json")
            .run()
            .expecting(0);
    assertThat(plan.outcomes())
        .containsExactly(
            "synthesize:skip",
            "shards:skip",
            "stats:skip",
            "model:run",
            "test:run unless @model comes out unchanged");
  }

  @Test
  void showPrintsEveryKindOfArtifact() throws Exception {
    Map<String, Object> dataset = show("shards");
    assertThat((Map<?, ?>) dataset.get("counts"))
        .isEqualTo(
            Map.of("in", 300L, "out", 300L, "quarantined", 0L, "ignored", 2L, "left-out", 0L));
    assertThat((String) dataset.get("digest")).matches("[0-9a-f]{64}");
    Map<String, Object> statistics = show("stats");
    assertThat((List<?>) statistics.get("mean")).hasSize(3);
    assertThat((List<?>) statistics.get("std")).hasSize(3);
    assertThat((String) show("model").get("digest")).matches("[0-9a-f]{64}");
    assertThat(show("test")).containsKeys("accuracy", "confusion");
    assertThat(words("stats")).contains("mean 0.", "made by", "200 of split train");
    assertThat(words("shards")).contains("300: train 200, test 100", "train per class");
    assertThat(words("model")).contains("conv-net, channels 4, 8", "32 x 32 pixels, colour");
    assertThat(words("test")).contains("of 100 images of split test", "worst class");
  }

  private static String words(String stage) throws Exception {
    return Launched.millrace(shared, "show", first.artifact(stage)).run().expecting(0).out();
  }

  private Map<String, Object> show(String stage) throws Exception {
    return Launched.millrace(shared, "show", first.artifact(stage), "--json")
        .run()
        .expecting(0)
        .json();
  }

  @Test
  void resumesTrainingAfterKillWithTheSameBits(@TempDir Path folder) throws Exception {
    TinyPipeline.in(folder);
    String epochs = "params.epochs=12";
    Ended undisturbed =
        Launched.millrace(folder, "run", "tiny.conf", "--set", epochs, "--set", "workspace=a")
            .run()
            .expecting(0);
    assertThat(undisturbed.out()).contains("model");
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Map<String, String> own = Map.of("MILLRACE_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
    Running killed =
        Launched.millrace(folder, "run", "tiny.conf", "--set", epochs, "--set", "workspace=b")
            .with(own)
            .start();
    await()
        .atMost(PATIENCE)
        .until(() -> hasFile(folder.resolve("b/unfinished/model"), ".safetensors"));
    killed.kill();
    assertThat(artifacts(folder.resolve("b"), "model")).isEmpty();
    Ended resumed =
        Launched.millrace(
                folder, "run", "tiny.conf", "--set", epochs, "--set", "workspace=b", "--json")
            .with(own)
            .run()
            .expecting(0);
    assertThat(resumed.outcomes())
        .containsExactly(
            "synthesize:skipped", "shards:skipped", "stats:skipped", "model:ran", "test:ran");
    assertThat(resumed.err()).contains("resumes from the checkpoint");
    assertThat(weights(folder.resolve("b"))).isEqualTo(weights(folder.resolve("a")));
    assertThat(temporary).as("the temporary folder of both").isEmptyDirectory();
    assertThat(folder.resolve("b/scratch"))
        .as("Spark's blocks of the one that was killed")
        .satisfiesAnyOf(
            scratch -> assertThat(scratch).doesNotExist(),
            scratch -> assertThat(scratch).isEmptyDirectory());
  }

  @Test
  void keepsRoundsOnInterruptAndSaysHowToResume(@TempDir Path folder) throws Exception {
    TinyPipeline.in(folder);
    String epochs = "params.epochs=12";
    // Else the only checkpoints would be those that an undisturbed run writes, too.
    String seldom = "stages.model.checkpoint.every-rounds=1000000";
    Launched.millrace(folder, "run", "tiny.conf", "--set", epochs, "--set", "workspace=a")
        .run()
        .expecting(0);
    Running running =
        Launched.millrace(
                folder,
                "run",
                "tiny.conf",
                "--set",
                epochs,
                "--set",
                seldom,
                "--set",
                "workspace=b",
                "--json")
            .start();
    await().atMost(PATIENCE).until(() -> rounds(folder.resolve("b")) > 3);
    String signal = isCtrlCIgnored() ? "-TERM" : "-INT";
    Launched.command(folder, List.of("kill", signal, Long.toString(running.process().pid())))
        .run()
        .expecting(0);
    Ended interrupted = running.end().expecting(signal.equals("-INT") ? 130 : 143);
    assertThat(interrupted.json())
        .containsEntry("outcome", "failed")
        .containsEntry("interrupted", true);
    assertThat((String) interrupted.json().get("error"))
        .matches(
            "model: Stopped: round \\d+ of 60 is kept as a checkpoint;"
                + " run the same command again to continue");
    assertThat(interrupted.err().lines().toList()).last().asString().startsWith("model: Stopped");
    assertThat(events(folder.resolve("b"))).last().asString().contains("\"interrupted\":true");
    String kept = ((String) interrupted.json().get("error")).replaceAll("\\D+(\\d+).*", "$1");
    // It ends with the round that is under way, which may have been told before it was kept.
    long last = Long.parseLong(kept);
    assertThat(last).isLessThan(60);
    assertThat(rounds(folder.resolve("b"))).isBetween(last, last + 1);
    Ended resumed =
        Launched.millrace(
                folder, "run", "tiny.conf", "--set", epochs, "--set", "workspace=b", "--json")
            .run()
            .expecting(0);
    assertThat(resumed.err()).contains("resumes from the checkpoint after round " + kept + ".");
    assertThat(weights(folder.resolve("b"))).isEqualTo(weights(folder.resolve("a")));
  }

  /** A script that starts the tests in the background has it ignored in all that they start. */
  private static boolean isCtrlCIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    int interrupt = 2;
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
            .anyMatch(ignored -> (ignored & 1L << (interrupt - 1)) != 0);
  }

  private static long rounds(Path workspace) throws IOException {
    return events(workspace).stream()
        .filter(event -> event.contains("\"event\":\"round\""))
        .count();
  }

  /** The events of the first run in a workspace. */
  private static List<String> events(Path workspace) throws IOException {
    if (!Files.isDirectory(workspace.resolve("runs"))) {
      return List.of();
    }
    try (Stream<Path> runs = Files.list(workspace.resolve("runs"))) {
      Path events = runs.sorted().findFirst().orElse(workspace).resolve("events.jsonl");
      return Files.exists(events) ? Files.readAllLines(events) : List.of();
    }
  }

  private static boolean hasFile(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.anyMatch(file -> Files.isRegularFile(file) && file.toString().endsWith(ending));
    }
  }

  private static List<Path> artifacts(Path workspace, String stage) throws IOException {
    Path folder = workspace.resolve("artifacts").resolve(stage);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(artifact -> Files.exists(artifact.resolve("_artifact.json"))).toList();
    }
  }

  private static byte[] weights(Path workspace) throws IOException {
    return Files.readAllBytes(artifacts(workspace, "model").get(0).resolve("weights.safetensors"));
  }

  @Test
  void secondRunNamesHolderOfTheWorkspace(@TempDir Path folder) throws Exception {
    TinyPipeline.in(folder);
    Running holder =
        Launched.millrace(folder, "run", "tiny.conf", "--set", "params.epochs=500").start();
    await().atMost(PATIENCE).until(() -> hasFile(folder.resolve("ws/runs"), ""));
    Ended second = Launched.millrace(folder, "run", "tiny.conf").run().expecting(1);
    holder.kill();
    assertThat(second.err())
        .startsWith("Cannot run in ")
        .contains(Long.toString(holder.process().pid()))
        .hasLineCount(1);
  }
}
