package io.millrace.pipeline.report;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.history.RunState;
import io.millrace.pipeline.history.StageRecord;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The report of one run; the same object can be asked again while the run goes on. */
public final class RunPage {
  private final StageCards cards;

  /**
   * @param jobs that know how their results are shown
   */
  public RunPage(JobCatalogue jobs) {
    this.cards = new StageCards(jobs);
  }

  /**
   * The page: one HTML document with all that it needs. It reloads itself while the run goes on.
   *
   * @param now when it is written
   */
  public String html(RunRecord run, Instant now) {
    PictureBudget pictures = new PictureBudget();
    double all = run.stages().stream().mapToDouble(StageRecord::seconds).sum();
    List<StageView> stages = new ArrayList<>();
    for (StageRecord stage : run.stages()) {
      stages.add(
          new StageView(
              stage,
              "stage-" + (stages.size() + 1),
              pictures.take(cards.of(run, stage)),
              all > 0 ? stage.seconds() / all : 0,
              manifest(stage)));
    }
    StringOutput out = new StringOutput();
    JterunGenerated.render(
        new OwaspHtmlTemplateOutput(out),
        null,
        Assets.packaged(),
        run,
        stages,
        run.state() == RunState.RUNNING,
        now);
    return out.toString();
  }

  private static Optional<ArtifactManifest> manifest(StageRecord stage) {
    return stage
        .artifact()
        .map(Places::text)
        .flatMap(Workspace::artifactAt)
        .map(StoredArtifact::manifest);
  }
}
