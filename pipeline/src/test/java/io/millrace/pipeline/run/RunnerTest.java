package io.millrace.pipeline.run;

import static io.millrace.pipeline.run.PipelineFile.FORCE_ALL;
import static io.millrace.pipeline.run.PipelineFile.anewFrom;
import static io.millrace.pipeline.run.PipelineFile.force;
import static io.millrace.pipeline.run.PipelineFile.only;
import static io.millrace.pipeline.run.PipelineFile.outcomes;
import static io.millrace.pipeline.run.PipelineFile.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
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
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
  private static final String CHAIN =
      """
      data  { job = write, text = abc, inputs = ["%s"] }
      stats { job = write, text = s, inputs = ["@data"], keep = 3 }
      model { job = write, text = m, inputs = ["@data/out.txt", "@stats"] }
      test  { job = write, text = t, inputs = ["@model"] }
      """;

  @TempDir Path folder;
  private final TestJobs jobs = new TestJobs();
  private PipelineFile file;
  private Path source;
  private JobCatalogue all;

  @BeforeEach
  void makeSource() throws IOException {
    source = Files.writeString(folder.resolve("batch.bin"), "0123456789");
    file = new PipelineFile(folder).stages(CHAIN.formatted(source));
    all = jobs.catalogue();
  }

  @Test
  void everyStageRunsOnceAndIsSkippedAfterwards() throws IOException {
    RunResult first = file.run(all);
    assertThat(text(first))
        .isEqualTo(
            "data: ran (never ran)\nstats: ran (never ran)\nmodel: ran (never ran)\ntest: ran (never ran)");
    assertThat(first.succeeded()).isTrue();
    StageResult test = first.stages().get(3);
    assertThat(Path.of(test.artifact().orElseThrow()).resolve("out.txt"))
        .hasContent("tmabc0123456789sabc");
    assertThat(jobs.called()).containsExactly("data", "model", "stats", "test");
    RunResult again = file.run(all);
    assertThat(again.stages())
        .allSatisfy(s -> assertThat(s.outcome()).isEqualTo(StageOutcome.SKIPPED))
        .allSatisfy(
            s ->
                assertThat(s.reason())
                    .matches("unchanged since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC"));
    StageResult skipped = again.stages().get(3);
    assertThat(skipped.artifact()).isEqualTo(test.artifact());
    assertThat(skipped.headline()).isEqualTo("19 characters");
    assertThat(skipped.metrics()).containsEntry("length", 19L);
    assertThat(jobs.called()).isEmpty();
  }

  @Test
  void nothingIsLeftButArtifactsAndRuns() throws IOException {
    RunResult result = file.run(all);
    try (Stream<Path> list = Files.list(file.workspace)) {
      assertThat(list.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("artifacts", "runs", ".lock");
    }
    try (Stream<Path> list = Files.list(Path.of(result.runFolder()))) {
      assertThat(list.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("resolved.conf", "plan.json", "events.jsonl");
    }
  }

  @Test
  void aChangedByteRunsWhatReadsItAndOnlyThenWhatChanged() throws IOException {
    file.stages(
        """
        data  { job = write, text = abc, inputs = ["%s"], keep = 4 }
        stats { job = write, text = s, inputs = ["@data"] }
        """
            .formatted(source));
    file.run(all);
    rewrite("0123456xxx");
    assertThat(text(file.plan(all, Selection.ALL)))
        .isEqualTo(
            "data: run (batch.bin changed)\nstats: run unless @data comes out unchanged (it reads @data)");
    RunResult cutOff = file.run(all);
    assertThat(text(cutOff)).startsWith("data: ran (batch.bin changed)\nstats: skipped (unchanged");
    rewrite("x123456xxx");
    assertThat(text(file.run(all)))
        .isEqualTo("data: ran (batch.bin changed)\nstats: ran (@data changed)");
  }

  private void rewrite(String content) throws IOException {
    Instant time = Files.getLastModifiedTime(source).toInstant();
    Files.writeString(source, content);
    Files.setLastModifiedTime(source, FileTime.from(time.plusMillis(5)));
  }

  @Test
  void aChangedParameterRunsItsStageAndWhatFollows() {
    file.run(all);
    file.stages(CHAIN.formatted(source).replace("text = m", "text = mm"));
    assertThat(text(file.plan(all, Selection.ALL)))
        .contains("model: run (text was m, now mm)\ntest: run unless @model comes out unchanged");
    assertThat(text(file.run(all))).contains("model: ran (text was m, now mm)\ntest: ran (@model");
  }

  @Test
  void aStageThatChangedItselfSurelyRunsWhateverItsInputs() throws IOException {
    file.run(all);
    rewrite("0123456xxx");
    file.stages(CHAIN.formatted(source).replace("text = m", "text = mm"));
    assertThat(text(file.plan(all, Selection.ALL)))
        .isEqualTo(
            """
            data: run (batch.bin changed)
            stats: run unless @data comes out unchanged (it reads @data)
            model: run (text was m, now mm)
            test: run unless @model comes out unchanged (it reads @model)""");
  }

  @Test
  void whatCannotChangeTheResultRunsNothing() {
    file.run(all);
    file.stages(
        """
        test  { text = t, job = write, inputs = ["@model"] } # moved
        data  { threads = 8, inputs = ["%s"], job = write, text = "abc", keep = 1000 }
        stats { job = write, text = s, inputs = ["@data"], keep = 3, retries = 5 }
        model { job = write, text = m, inputs = ["@data/out.txt", "@stats"], spark { a = 1 } }
        """
            .formatted(source));
    assertThat(outcomes(file.run(all)))
        .isEqualTo("data:skipped stats:skipped model:skipped test:skipped");
  }

  @Test
  void goingBackToEarlierParametersFindsTheEarlierArtifact() {
    file.run(all);
    file.stages(CHAIN.formatted(source).replace("text = m", "text = mm"));
    file.run(all);
    file.stages(CHAIN.formatted(source));
    assertThat(outcomes(file.run(all)))
        .isEqualTo("data:skipped stats:skipped model:skipped test:skipped");
  }

  @Test
  void aNewVersionOfAJobRunsIt() {
    file.stages("data { job = write, text = abc }").run(all);
    assertThat(text(file.run(jobs.withNewVersionOfWrite())))
        .isEqualTo("data: ran (job version 1, now 2)");
  }

  @Test
  void onlyMeansTheStageAndWhatItNeeds() {
    assertThat(outcomes(file.run(all, only("stats")))).isEqualTo("data:ran stats:ran");
    assertThatThrownBy(() -> file.run(all, only("nope")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--only: there is no stage 'nope'; there are: data, stats, model, test");
    Selection outside = new Selection(List.of("stats"), only().from(), List.of("model"), false);
    assertThatThrownBy(() -> file.run(all, outside))
        .hasMessage(
            "--force: there is no stage 'model' among the selected stages; there are: data, stats");
  }

  @Test
  void fromRunsTheStageAndAllThatHangsOnIt() {
    file.run(all);
    assertThat(text(file.run(all, anewFrom("model"))))
        .endsWith("model: ran (forced)\ntest: ran (forced by --from model)");
    assertThat(jobs.calls).containsEntry("data", 1).containsEntry("test", 2);
  }

  @Test
  void forceRunsThatStageOrAll() {
    file.run(all);
    assertThat(outcomes(file.run(all, force("stats"))))
        .isEqualTo("data:skipped stats:ran model:skipped test:skipped");
    assertThat(outcomes(file.run(all, FORCE_ALL)))
        .isEqualTo("data:ran stats:ran model:ran test:ran");
  }

  @Test
  void aDamagedArtifactIsMadeAgain() throws IOException {
    RunResult result = file.run(all);
    Path shard = Path.of(result.stages().get(0).artifact().orElseThrow()).resolve("out.txt");
    Files.writeString(shard, "abc01");
    assertThat(text(file.run(all)))
        .startsWith(
            "data: ran (its artifact is damaged: out.txt has 5 bytes, not 13)\nstats: skipped");
    assertThat(shard).hasContent("abc0123456789");
  }

  @Test
  void cacheRulesAreKept() {
    file.stages(
        """
        never { job = write, text = a, cache = never }
        aged  { job = write, text = b, cache { max-age = 7d } }
        """);
    Instant start = Instant.parse("2026-11-20T10:00:00Z");
    assertThat(outcomes(runAt(start))).isEqualTo("never:ran aged:ran");
    assertThat(text(runAt(start.plus(Duration.ofDays(7)).minusSeconds(1))))
        .isEqualTo(
            "never: ran (cache = never)\naged: skipped (unchanged since 2026-11-20 10:00 UTC)");
    assertThat(text(runAt(start.plus(Duration.ofDays(7)))))
        .endsWith("aged: ran (older than 7 days)");
  }

  private RunResult runAt(Instant now) {
    return Runner.run(
        file.read(all), RunOptions.DEFAULT, new RunListener() {}, Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void aFailureStopsWhatHangsOnItAndNothingElse() throws IOException {
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
  void whatAUserMustActOnIsSaidAsItIsAndNotRetried() {
    file.stages("bad { job = fail, how = cannot, retries = 3, retry-delay = 1ms }");
    assertThat(text(file.run(all))).isEqualTo("bad: failed (Cannot read data.bin: it is empty)");
    assertThat(jobs.calls).containsEntry("bad", 1);
  }

  @Test
  void anErrorOfOneStageSparesTheOthers() {
    file.stages("bad { job = fail, how = error }\nother { job = write, text = o }");
    assertThat(text(file.run(all)))
        .startsWith("bad: failed (Cannot run stage bad: OutOfMemoryError: native;")
        .contains("other: ran");
  }

  @Test
  void aStageIsTriedAsOftenAsItSaysEachTimeInAFreshFolder() {
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
  void independentStagesRunAtOnce() {
    file.stages("a { job = meet }\nb { job = meet }");
    RunResult result = file.run(all, new RunOptions(Selection.ALL, 2, Map.of()));
    assertThat(outcomes(result)).isEqualTo("a:ran b:ran");
  }

  @Test
  void theSecondRunOnAWorkspaceSaysWhoHoldsIt() {
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
  void aRunThatPlainlyHasNoRoomIsRefused() {
    file.stages("big { job = write, text = b, space = 9000000000000000 }");
    assertThat(file.plan(all, Selection.ALL).spaceNeeded()).isEqualTo(9_000_000_000_000_000L);
    assertThatThrownBy(() -> file.run(all))
        .isInstanceOf(CannotException.class)
        .hasMessageMatching(
            "Cannot run in \\S+: about 9.0 PB are needed and .* are free there; free .* PB or choose another workspace");
    assertThat(jobs.calls).isEmpty();
  }

  @Test
  void settingsOfTheCommandLineWin() {
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
