package io.millrace.pipeline.run;

import static io.millrace.pipeline.run.PipelineFile.outcomes;
import static io.millrace.pipeline.run.PipelineFile.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.store.FolderLock;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures, retries, stages at once, what a run is refused for, and settings. */
class RunnerFailuresTest {
  @TempDir Path folder;
  private final TestJobs jobs = new TestJobs();
  private PipelineFile file;
  private JobCatalogue all;

  @BeforeEach
  void makeFile() throws IOException {
    file = new PipelineFile(folder);
    all = jobs.catalogue();
  }

  @Test
  void failureStopsDependentStagesOnly() throws IOException {
    file.stages(
        """
        bad   { job = fail }
        after { job = write, text = a, inputs = ["@bad"] }
        last  { job = write, text = l, inputs = ["@after"] }
        other { job = write, text = o }
        """);
    RunResult result = file.run(all);
    assertThat(result.succeeded()).isFalse();
    assertThat(text(result))
        .matches(
            """
            bad: failed \\(Cannot run stage bad: IllegalStateException: broken; the stack trace is in \\S+/events.jsonl\\)
            after: failed \\(not started: @bad failed\\)
            last: failed \\(not started: @bad failed\\)
            other: ran \\(never ran\\)""");
    assertThat(file.workspace.resolve("artifacts/bad")).doesNotExist();
    assertThat(Files.readString(Path.of(result.runFolder()).resolve("events.jsonl")))
        .contains("TestJobs$Fail.work");
    file.stages("bad { job = write, text = b }");
    assertThat(text(file.run(all))).isEqualTo("bad: ran (never ran)");
  }

  @Test
  void showsCannotExceptionAsItIsWithoutRetry() {
    file.stages("bad { job = fail, how = cannot, retries = 3, retry-delay = 1ms }");
    assertThat(text(file.run(all))).isEqualTo("bad: failed (Cannot read data.bin: it is empty)");
    assertThat(jobs.calls).containsEntry("bad", 1);
  }

  @Test
  void errorOfOneStageDoesNotStopOthers() {
    file.stages("bad { job = fail, how = error }\nother { job = write, text = o }");
    assertThat(text(file.run(all)))
        .startsWith("bad: failed (Cannot run stage bad: OutOfMemoryError: native;")
        .contains("other: ran");
  }

  @Test
  void retriesStageInFreshFolderUpToItsLimit() {
    file.stages("f { job = flaky, failures = 2, retries = 2, retry-delay = 1ms }");
    List<String> notices = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void notice(String stage, String sentence) {
            notices.add(stage + ": " + sentence);
          }
        };
    RunResult result = Runner.run(file.read(all), RunOptions.DEFAULT, listener);
    assertThat(outcomes(result)).isEqualTo("f:ran");
    assertThat(notices)
        .containsExactly(
            "f: attempt 1 failed (IOException: connection reset); trying again in 1 ms",
            "f: attempt 2 failed (IOException: connection reset); trying again in 2 ms");
    assertThat(Path.of(result.stages().get(0).artifact().orElseThrow()).resolve("half"))
        .doesNotExist();
    file.stages("g { job = flaky, failures = 2, retries = 1, retry-delay = 0s }");
    assertThat(outcomes(file.run(all))).isEqualTo("g:failed");
  }

  @Test
  void runsIndependentStagesAtTheSameTime() {
    file.stages("a { job = meet }\nb { job = meet }");
    RunResult result = file.run(all, new RunOptions(Selection.ALL, 2, Map.of()));
    assertThat(outcomes(result)).isEqualTo("a:ran b:ran");
  }

  @Test
  void secondRunNamesHolderOfTheWorkspace() {
    file.stages("test { job = write, text = t }");
    try (FolderLock lock = Workspace.open(file.workspace.toString()).lock("hold")) {
      lock.ensureHeld();
      assertThatThrownBy(() -> file.run(all))
          .isInstanceOf(CannotException.class)
          .hasMessageStartingWith(
              "Cannot run in %s: process %d of user ",
              file.workspace, ProcessHandle.current().pid());
    }
    assertThat(outcomes(file.run(all))).contains("test:ran");
  }

  @Test
  void refusesRunWithoutEnoughDiskSpace() {
    file.stages("big { job = write, text = b, space = 9000000000000000 }");
    assertThat(file.plan(all, Selection.ALL).spaceNeeded()).isEqualTo(9_000_000_000_000_000L);
    assertThatThrownBy(() -> file.run(all))
        .isInstanceOf(CannotException.class)
        .hasMessageMatching(
            "Cannot run in \\S+: about 9.0 PB are needed and .* are free there; free .* PB or choose another workspace");
    assertThat(jobs.calls).isEmpty();
  }

  @Test
  void commandLineSettingsOverrideStageSettings() {
    Map<String, String> seen = new TreeMap<>();
    JobCatalogue spy =
        JobCatalogue.of(
            jobs.new Write(1) {
              @Override
              JobResult work(
                  JobRequest<TestJobs.WriteParameters> request, JobContext context, int call)
                  throws IOException {
                seen.putAll(request.settings());
                return super.work(request, context, call);
              }
            });
    file.stages("write { job = write, text = b, spark { master = \"local[1]\", a = 1 } }");
    file.run(spy, new RunOptions(Selection.ALL, 1, Map.of("spark.master", "local[2]")));
    assertThat(seen).containsEntry("spark.master", "local[2]").containsEntry("spark.a", "1");
  }
}
