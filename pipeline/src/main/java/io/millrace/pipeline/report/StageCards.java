package io.millrace.pipeline.report;

import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.history.StageRecord;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.Workspace;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Gets the cards from the jobs; that of a finished stage only once. */
final class StageCards {
  private final JobCatalogue jobs;
  private final Map<URI, Card> finished = new HashMap<>();

  StageCards(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  /** The card of a stage; if it can't be made, the card says so. */
  Card of(RunRecord run, StageRecord stage) {
    if (stage.artifact().isPresent()) {
      // It is part of the key that the stage has ended: until then, its events change the card.
      return finished.computeIfAbsent(stage.artifact().get(), place -> made(run, stage));
    }
    return made(run, stage);
  }

  private Card made(RunRecord run, StageRecord stage) {
    Optional<Job<?>> job = jobs.named(stage.job());
    if (job.isEmpty()) {
      return Card.of(new Block.Warning("This program has no job '" + stage.job() + "'."));
    }
    try {
      Optional<String> gone =
          stage.artifact().map(Places::text).filter(p -> Workspace.artifactAt(p).isEmpty());
      if (gone.isPresent()) {
        return Card.of(
            new Block.Warning("The result of this stage is no longer in " + gone.get() + "."));
      }
      return job.get().card(request(run, stage));
    } catch (Exception e) {
      // A page without this card is better than none.
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return Card.of(new Block.Warning("The result of this stage can't be shown: " + why));
    }
  }

  private static CardRequest request(RunRecord run, StageRecord stage) {
    Map<String, URI> inputs = new HashMap<>();
    stage
        .reads()
        .forEach(
            (key, from) ->
                run.stage(from)
                    .flatMap(StageRecord::artifact)
                    .ifPresent(place -> inputs.put(key, place)));
    return new CardRequest(stage.name(), stage.artifact(), Map.copyOf(inputs), stage.events());
  }
}
