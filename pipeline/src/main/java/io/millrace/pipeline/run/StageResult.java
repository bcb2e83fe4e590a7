package io.millrace.pipeline.run;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The result of one stage.
 *
 * @param name the stage
 * @param job its job's name
 * @param outcome what happened
 * @param reason why it ran, was skipped or failed; for a failure, the whole sentence
 * @param seconds wall time of this run, retries included; 0 when skipped
 * @param artifact the folder of the result; empty when failed, unless the result is there and not
 *     as expected
 * @param metrics the job's figures, also when skipped
 * @param headline the main figure, also when skipped; empty when there is no result
 */
public record StageResult(
    String name,
    String job,
    StageOutcome outcome,
    String reason,
    double seconds,
    Optional<URI> artifact,
    Map<String, Object> metrics,
    String headline) {
  /** The same as a failure; the artifact stays. */
  StageResult failed(String why) {
    return new StageResult(
        name, job, StageOutcome.FAILED, why, seconds, artifact, metrics, headline);
  }
}
