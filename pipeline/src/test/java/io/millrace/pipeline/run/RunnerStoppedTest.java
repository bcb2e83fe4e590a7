package io.millrace.pipeline.run;

import static io.millrace.pipeline.run.PipelineFile.outcomes;
import static io.millrace.pipeline.run.PipelineFile.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.PlannedStage;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.spec.FlagReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose thread is interrupted, as Ctrl-C does. */
class RunnerStoppedTest {
  @TempDir Path folder;
  private final TestJobs jobs = new TestJobs();
  private PipelineFile file;
  private JobCatalogue all;

  @BeforeEach
  void makeFile() {
    file = new PipelineFile(folder);
    all = jobs.catalogue();
  }

  /** Interrupts the thread that made it when that many stages have begun. */
  private static final class Stopper implements RunListener {
    private final Thread runner = Thread.currentThread();
    private final CountDownLatch begun;

    Stopper(int stages) {
      begun = new CountDownLatch(stages);
    }

    @Override
    public void stageStarted(PlannedStage stage) {
      begun.countDown();
      if (begun.getCount() == 0) {
        runner.interrupt();
      }
    }
  }

  @Test
  void stopsRunningStagesAndStartsNoOthers() throws IOException {
    file.stages(
        """
        first  { job = write, text = f }
        one    { job = steps, stop = true }
        two    { job = steps, stop = true, retries = 3, retry-delay = 0s }
        after  { job = write, text = a, inputs = ["@one"] }
        later  { job = write, text = l }
        """);
    RunResult result =
        Runner.run(file.read(all), new RunOptions(Selection.ALL, 2, Map.of()), new Stopper(3));
    assertThat(result.interrupted()).isTrue();
    assertThat(result.succeeded()).isFalse();
    assertThat(text(result))
        .isEqualTo(
            """
            first: ran (never ran)
            one: failed (Stopped; run the same command again to continue)
            two: failed (Stopped; run the same command again to continue)
            after: failed (not started: the run was stopped)
            later: failed (not started: the run was stopped)""");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    List<String> events = Files.readAllLines(Path.of(result.runFolder()).resolve("events.jsonl"));
    assertThat(events.get(events.size() - 1))
        .contains("\"event\":\"run-ended\"", "\"succeeded\":false", "\"interrupted\":true");
    assertThat(file.workspace.resolve("attempts")).doesNotExist();
    file.stages("one { job = steps }");
    RunResult again = file.run(all);
    assertThat(outcomes(again)).isEqualTo("one:ran");
    assertThat(again.interrupted()).isFalse();
    assertThat(again.stages().get(0).metrics()).containsEntry("resumed", true);
  }

  @Test
  void soloRunReportsThatItWasStoppedAndResumes() {
    Throwable thrown =
        catchThrowable(
            () ->
                SoloRun.run(
                    FlagReader.read(all.named("steps").orElseThrow(), Map.of("stop", "true")),
                    folder.resolve("out").toUri(),
                    false,
                    Map.of(),
                    new Stopper(1)));
    assertThat(thrown)
        .isInstanceOf(CancellationException.class)
        .hasMessage("Stopped; run the same command again to continue");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    StageResult again =
        SoloRun.run(
            FlagReader.read(all.named("steps").orElseThrow(), Map.of()),
            folder.resolve("out").toUri(),
            false,
            Map.of(),
            new RunListener() {});
    assertThat(again.metrics()).containsEntry("resumed", true);
  }
}
