package io.millrace.pipeline.plan;

import io.millrace.pipeline.spec.StageSpec;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One line of a plan.
 *
 * @param stage the stage
 * @param outcome what will happen
 * @param outcomeText {@code run}, {@code skip} or {@code run unless @shards comes out unchanged}
 * @param reason why, with the differences from the stage's newest artifact
 * @param artifact the artifact that is used; present if and only if the outcome is {@link
 *     PlannedOutcome#SKIP}
 * @param space bytes that the result is estimated to take; empty if unknown or nothing runs
 */
public record PlannedStage(
    StageSpec stage,
    PlannedOutcome outcome,
    String outcomeText,
    String reason,
    Optional<URI> artifact,
    OptionalLong space) {}
