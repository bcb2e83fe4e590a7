package io.millrace.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.history.RunFiles;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.JobCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report that a run leaves. */
class ReportTest {
  @TempDir Path folder;
  private final TestJobs jobs = new TestJobs();
  private JobCatalogue all;
  private PipelineFile file;

  @BeforeEach
  void makePipeline() throws IOException {
    Path source = Files.writeString(folder.resolve("batch.bin"), "0123456789");
    file =
        new PipelineFile(folder)
            .stages(
                """
                data  { job = write, text = abc, inputs = ["%s"] }
                stats { job = write, text = s, inputs = ["@data"] }
                """
                    .formatted(source));
    all = jobs.catalogue();
  }

  private static String report(RunResult run) throws IOException {
    return Files.readString(Path.of(run.runFolder()).resolve(RunFiles.REPORT));
  }

  @Test
  void showsEveryStageOfAnEndedRun() throws IOException {
    String page = report(file.run(all));
    assertThat(page).contains("succeeded").contains("never ran").contains(">data<");
    assertThat(page).contains("13 characters").doesNotContain("data-live");
  }

  @Test
  void skippedStageReusesItsCardUnlessItHadAWarning() throws IOException {
    String[] says = {null};
    all =
        JobCatalogue.of(
            jobs.new Write(1) {
              @Override
              public Card card(CardRequest request) throws IOException {
                if (says[0] == null) {
                  throw new IOException("the store is away");
                }
                return Card.of(new Block.Paragraph(says[0]));
              }
            });
    assertThat(report(file.run(all))).contains("the store is away");
    says[0] = "the first that could be made";
    assertThat(report(file.run(all))).contains(says[0]).doesNotContain("the store is away");
    says[0] = "made again";
    assertThat(report(file.run(all)))
        .contains("the first that could be made")
        .doesNotContain("made again");
  }

  @Test
  void showsFailureWithStackTrace() throws IOException {
    file.stages("data { job = fail }");
    RunResult failed = file.run(all);
    assertThat(failed.succeeded()).isFalse();
    assertThat(report(failed))
        .contains("Stack trace")
        .contains("class=\"badge failed\"")
        .doesNotContain("data-live");
  }

  @Test
  void nextRunMarksReportOfKilledRun() throws IOException {
    RunResult killed = file.run(all);
    Path gone = Path.of(killed.runFolder());
    List<String> events = Files.readAllLines(gone.resolve(RunFiles.EVENTS));
    assertThat(events.get(events.size() - 1)).contains("run-ended");
    Files.write(gone.resolve(RunFiles.EVENTS), events.subList(0, events.size() - 1));
    String plan = Files.readString(gone.resolve(RunFiles.PLAN));
    long pid = ProcessHandle.current().pid();
    // No process has this number: Linux counts to 2^22.
    Files.writeString(gone.resolve(RunFiles.PLAN), plan.replace("" + pid, "99999999"));
    file.run(all);
    assertThat(report(killed)).contains("class=\"badge killed\"").doesNotContain("data-live");
  }
}
