package io.millrace.pipeline.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.run.PipelineFile;
import io.millrace.pipeline.run.RunResult;
import io.millrace.pipeline.run.TestJobs;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
  private static final String CHAIN =
      """
      data  { job = write, text = abc }
      stats { job = write, text = %s, inputs = ["@data/out.txt"] }
      test  { job = write, text = t, inputs = ["@data", "@stats"] }
      """;

  @TempDir Path folder;
  private PipelineFile file;
  private RunHistory history;
  private JobCatalogue jobs;

  @BeforeEach
  void makeFile() {
    jobs = new TestJobs().catalogue();
    file = new PipelineFile(folder).stages(CHAIN.formatted("s"));
    history = RunHistory.of(Workspace.open(file.workspace.toString()));
  }

  @Test
  void recordsOutcomeOfEveryStage() {
    assertThat(history.runs()).isEmpty();
    RunResult first = file.run(jobs);
    file.stages(CHAIN.formatted("other"));
    RunResult second = file.run(jobs);
    assertThat(history.runs())
        .extracting(RunRecord::folder)
        .containsExactly(second.runFolder(), first.runFolder());
    RunRecord newest = history.newest().orElseThrow();
    assertThat(newest.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(newest.pipeline()).isEqualTo("p");
    assertThat(newest.command()).isEqualTo("millrace run " + folder.resolve("p.conf"));
    assertThat(newest.seconds()).isEqualTo(second.seconds());
    assertThat(newest.configuration()).contains("text=other");
    assertThat(states(newest)).isEqualTo("data:skipped stats:ran test:ran");
    assertThat(newest.stages())
        .allSatisfy(
            stage -> {
              int i = newest.stages().indexOf(stage);
              assertThat(stage.artifact()).isEqualTo(second.stages().get(i).artifact());
              assertThat(stage.reason()).isEqualTo(second.stages().get(i).reason());
              assertThat(stage.headline()).isEqualTo(second.stages().get(i).headline());
            });
    assertThat(newest.headline()).isEqualTo("12 characters");
    StageRecord test = newest.stage("test").orElseThrow();
    assertThat(test.reads()).isEqualTo(Map.of("inputs[0]", "data", "inputs[1]", "stats"));
    assertThat(test.metrics()).containsEntry("length", 12L);
    assertThat(test.fingerprint())
        .hasValueSatisfying(
            print -> assertThat(test.artifact().orElseThrow().getPath()).endsWith("/" + print));
    assertThat(newest.stage("data").orElseThrow().fingerprint()).isEmpty();
  }

  @Test
  void findsRunByNameAndByFolder() {
    RunRecord older = RunHistory.at(file.run(jobs).runFolder());
    file.run(jobs);
    assertThat(history.named(older.name())).contains(older);
    assertThat(history.named("2001-01-01T00-00-00.000Z")).isEmpty();
    assertThatThrownBy(() -> RunHistory.at(folder.toUri()))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot read the run in %s: it has no plan.json; give a folder below WORKSPACE/runs",
            folder);
  }

  @Test
  void failedRunShowsFailedStageAndThoseNotStarted() {
    file.stages(
        """
        bad   { job = fail, how = cannot }
        after { job = write, text = a, inputs = ["@bad"] }
        """);
    file.run(jobs);
    RunRecord run = history.newest().orElseThrow();
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(states(run)).isEqualTo("bad:failed after:failed");
    assertThat(run.stages())
        .extracting(StageRecord::reason)
        .containsExactly("Cannot read data.bin: it is empty", "not started: @bad failed");
    assertThat(run.stages().get(0).started()).isPresent();
    assertThat(run.stages().get(1).started()).isEmpty();
    assertThat(run.headline()).isEmpty();
  }

  @Test
  void runIsRunningWhileItsProcessLivesThenKilled() throws Exception {
    Process process = StoppedRun.start(folder);
    try {
      RunRecord running = history.newest().orElseThrow();
      assertThat(running.state()).isEqualTo(RunState.RUNNING);
      assertThat(states(running)).isEqualTo("data:ran steps:running last:waiting");
    } finally {
      process.destroyForcibly().waitFor();
    }
    RunRecord killed = history.newest().orElseThrow();
    assertThat(killed.state()).isEqualTo(RunState.KILLED);
    assertThat(states(killed)).isEqualTo("data:ran steps:stopped last:waiting");
    assertThat(killed.seconds()).isPositive();
    String print = killed.stage("steps").orElseThrow().fingerprint().orElseThrow();
    assertThat(file.workspace.resolve("unfinished/steps").resolve(print)).isDirectory();
  }

  @Test
  void ignoresIncompleteLastLineOfEvents() throws IOException {
    Path events = Path.of(file.run(jobs).runFolder()).resolve(RunFiles.EVENTS);
    String whole = Files.readString(events);
    int last = whole.lastIndexOf('\n', whole.length() - 2) + 1;
    for (int end = last; end < whole.length() - 1; end++) {
      Files.writeString(events, whole.substring(0, end));
      RunRecord run = history.newest().orElseThrow();
      // This process is the one that ran it, and it lives.
      assertThat(run.state()).isEqualTo(RunState.RUNNING);
      assertThat(states(run)).isEqualTo("data:ran stats:ran test:ran");
    }
    Files.writeString(events, whole.substring(0, whole.length() - 1));
    assertThat(history.newest().orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void listsOtherRunsBesideUnreadableOnes() throws IOException {
    RunRecord whole = RunHistory.at(file.run(jobs).runFolder());
    Path runs = file.workspace.resolve("runs");
    Files.createDirectories(runs.resolve("2030-01-01T00-00-00.000Z"));
    Path older = Files.createDirectories(runs.resolve("2030-01-02T00-00-00.000Z"));
    Files.writeString(older.resolve(RunFiles.PLAN), "{\"pipeline\": \"p\", \"stages\": []}");
    Path damaged = Files.createDirectories(runs.resolve("2030-01-03T00-00-00.000Z"));
    Files.writeString(damaged.resolve(RunFiles.PLAN), "{\"pipeline\": ");
    Path foreign = Files.createDirectories(runs.resolve("2030-01-04T00-00-00.000Z"));
    Files.writeString(foreign.resolve(RunFiles.PLAN), "{\"started\": \"yesterday\"}");
    Files.writeString(runs.resolve("notes.txt"), "a file");
    assertThat(history.runs()).isEqualTo(List.of(whole));
    assertThat(history.newest()).contains(whole);
    assertThatThrownBy(() -> history.named(older.getFileName().toString()))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("it does not say when the run started");
    for (Path bad : List.of(damaged, foreign)) {
      assertThatThrownBy(() -> RunHistory.at(bad.toUri()))
          .isInstanceOf(CannotException.class)
          .hasMessageStartingWith("Cannot read the run in " + bad + ": its plan.json is damaged");
    }
  }

  private static String states(RunRecord run) {
    return run.stages().stream()
        .map(stage -> stage.name() + ":" + stage.state().text())
        .collect(Collectors.joining(" "));
  }
}
