package io.millrace.jobs.session;

import io.millrace.pipeline.run.StageOutcome;
import io.millrace.pipeline.run.StageResult;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.Workspace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * How a stage, or a job that ran alone, ended.
 *
 * @param name the stage's; of a job alone the job's
 * @param job the job's name
 * @param outcome ran, skipped or failed
 * @param reason why; of a failure the whole sentence
 * @param seconds of this run, 0 when skipped
 * @param artifact path or URI of the result's folder; empty when failed
 * @param metrics the job's figures, also when skipped
 * @param headline the main figure as a person reads it
 * @param provenance where the result comes from; empty when failed
 * @param notices what a person should know, a sentence each
 */
@API(status = API.Status.STABLE)
public record FinishedStage(
    String name,
    String job,
    StageOutcome outcome,
    String reason,
    double seconds,
    String artifact,
    Map<String, Object> metrics,
    String headline,
    Optional<ArtifactProvenance> provenance,
    List<String> notices) {
  static FinishedStage of(StageResult result, Map<String, String> settings, List<String> notices) {
    String artifact = result.artifact().map(Places::text).orElse("");
    Optional<StoredArtifact> stored =
        artifact.isEmpty() ? Optional.empty() : Workspace.artifactAt(artifact, settings);
    return new FinishedStage(
        result.name(),
        result.job(),
        result.outcome(),
        result.reason(),
        result.seconds(),
        artifact,
        // As they are read back, so that a skipped stage has the same numbers of the same types.
        stored.map(it -> it.manifest().metrics()).orElse(result.metrics()),
        result.headline(),
        stored.map(it -> ArtifactProvenance.of(it.manifest())),
        List.copyOf(notices));
  }
}
