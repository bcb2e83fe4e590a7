package io.millrace.pipeline.run;

import static io.millrace.pipeline.run.PipelineFile.FORCE_ALL;
import static io.millrace.pipeline.run.PipelineFile.anewFrom;
import static io.millrace.pipeline.run.PipelineFile.force;
import static io.millrace.pipeline.run.PipelineFile.only;
import static io.millrace.pipeline.run.PipelineFile.outcomes;
import static io.millrace.pipeline.run.PipelineFile.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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
  void runsEveryStageOnceThenSkipsAll() throws IOException {
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
  void failsStageWhoseFiguresAreNotAsExpectedAndKeepsItsResult() {
    String two =
        """
        data  { job = write, text = abc, expect = ["length > 2", "length <= %d"] }
        stats { job = write, text = s, inputs = ["@data"] }
        """;
    file.stages(two.formatted(2));
    RunResult refused = file.run(all);
    assertThat(refused.succeeded()).isFalse();
    String why =
        "Cannot accept the result of stage data: length is 3.00000, and the stage expects length <= 2";
    assertThat(text(refused))
        .isEqualTo("data: failed (" + why + ")\nstats: failed (not started: @data failed)");
    assertThat(refused.stages().get(0).artifact()).isPresent();
    jobs.called();

    assertThat(text(file.run(all))).as("made before, and judged again").contains(why);
    assertThat(jobs.called()).isEmpty();

    file.stages(two.formatted(3));
    assertThat(text(file.run(all)))
        .as("an expectation does not change the result")
        .startsWith("data: skipped (unchanged")
        .endsWith("stats: ran (never ran)");
  }

  @Test
  void refusesExpectationThatIsNone() {
    file.stages("data { job = write, text = abc, expect = [\"length is 3\"] }");
    assertThatThrownBy(() -> file.run(all))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'length is 3' is not an expectation");
  }

  @Test
  void leavesOnlyArtifactsRunsAndLock() throws IOException {
    RunResult result = file.run(all);
    try (Stream<Path> list = Files.list(file.workspace)) {
      assertThat(list.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("artifacts", "runs", ".lock");
    }
    try (Stream<Path> list = Files.list(Path.of(result.runFolder()))) {
      assertThat(list.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("resolved.conf", "plan.json", "events.jsonl", "report.html");
    }
  }

  @Test
  void changedSourceRunsStagesWhoseInputsDiffer() throws IOException {
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
  void changedParameterRunsItsStageAndDependents() {
    file.run(all);
    file.stages(CHAIN.formatted(source).replace("text = m", "text = mm"));
    assertThat(text(file.plan(all, Selection.ALL)))
        .contains("model: run (text was m, now mm)\ntest: run unless @model comes out unchanged");
    assertThat(text(file.run(all))).contains("model: ran (text was m, now mm)\ntest: ran (@model");
  }

  @Test
  void plansRunOfChangedStageWhateverItsInputs() throws IOException {
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
  void skipsStagesAfterChangesWithoutEffect() {
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
  void reusesEarlierArtifactForEarlierParameters() {
    file.run(all);
    file.stages(CHAIN.formatted(source).replace("text = m", "text = mm"));
    file.run(all);
    file.stages(CHAIN.formatted(source));
    assertThat(outcomes(file.run(all)))
        .isEqualTo("data:skipped stats:skipped model:skipped test:skipped");
  }

  @Test
  void newJobVersionRunsStageAgain() {
    file.stages("data { job = write, text = abc }").run(all);
    assertThat(text(file.run(jobs.withNewVersionOfWrite())))
        .isEqualTo("data: ran (job version 1, now 2)");
  }

  @Test
  void onlySelectsStageAndItsInputs() {
    assertThat(outcomes(file.run(all, only("stats")))).isEqualTo("data:ran stats:ran");
    assertThatThrownBy(() -> file.run(all, only("tset")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "--only: there is no stage 'tset'; did you mean 'test'? there are: data, model, stats, test");
    Selection outside = new Selection(List.of("stats"), only().from(), List.of("model"), false);
    assertThatThrownBy(() -> file.run(all, outside))
        .hasMessage(
            "--force: there is no stage 'model' among the selected stages; there are: data, stats");
  }

  @Test
  void fromRunsStageAndItsDependents() {
    file.run(all);
    assertThat(text(file.run(all, anewFrom("model"))))
        .endsWith("model: ran (forced)\ntest: ran (forced by --from model)");
    assertThat(jobs.calls).containsEntry("data", 1).containsEntry("test", 2);
  }

  @Test
  void forceRunsNamedStageOrAll() {
    file.run(all);
    assertThat(outcomes(file.run(all, force("stats"))))
        .isEqualTo("data:skipped stats:ran model:skipped test:skipped");
    assertThat(outcomes(file.run(all, FORCE_ALL)))
        .isEqualTo("data:ran stats:ran model:ran test:ran");
  }

  @Test
  void remakesDamagedArtifact() throws IOException {
    RunResult result = file.run(all);
    Path shard = Path.of(result.stages().get(0).artifact().orElseThrow()).resolve("out.txt");
    Files.writeString(shard, "abc01");
    assertThat(text(file.run(all)))
        .startsWith(
            "data: ran (its artifact is damaged: out.txt has 5 bytes, not 13)\nstats: skipped");
    assertThat(shard).hasContent("abc0123456789");
  }

  @Test
  void obeysCacheRules() {
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
}
