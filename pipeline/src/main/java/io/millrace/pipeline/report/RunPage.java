package io.millrace.pipeline.report;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.history.RunState;
import io.millrace.pipeline.history.StageRecord;
import io.millrace.pipeline.history.StageState;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The report of one run, which can be made again and again during the run. */
public final class RunPage {
  private final StageCards cards;
  private final KeptCards kept;

  /**
   * @param jobs the jobs, which make the cards
   */
  public RunPage(JobCatalogue jobs) {
    this(jobs, "");
  }

  /**
   * A page that takes the cards of skipped stages from an earlier page.
   *
   * @param earlier the HTML of the last report in the workspace; empty if there is none
   */
  public RunPage(JobCatalogue jobs, String earlier) {
    this.cards = new StageCards(jobs);
    this.kept = new KeptCards(earlier);
  }

  /**
   * The page: one HTML document that needs no other file. It reloads itself while the run is in
   * progress.
   *
   * @param now when it is written
   */
  public String html(RunRecord run, Instant now) {
    PictureBudget pictures = new PictureBudget();
    double all = run.stages().stream().mapToDouble(StageRecord::seconds).sum();
    List<StageView> stages = new ArrayList<>();
    for (StageRecord stage : run.stages()) {
      Optional<ArtifactManifest> manifest = manifest(stage);
      Optional<String> before =
          manifest
              .filter(made -> stage.state() == StageState.SKIPPED)
              .flatMap(made -> kept.card(KeptCards.key(made.fingerprint())))
              .filter(pictures::take);
      stages.add(
          new StageView(
              stage,
              "stage-" + (stages.size() + 1),
              before.isPresent() ? Card.EMPTY : pictures.take(cards.of(run, stage)),
              before,
              all > 0 ? stage.seconds() / all : 0,
              manifest));
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
