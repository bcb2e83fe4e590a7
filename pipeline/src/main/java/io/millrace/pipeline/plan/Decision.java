package io.millrace.pipeline.plan;

import io.millrace.pipeline.store.Identity;
import io.millrace.pipeline.store.StoredArtifact;
import java.util.Optional;

/**
 * What is to be done with one stage, as far as it can be known now.
 *
 * @param planned the outcome with its reason
 * @param identity all that decides the result; empty while an input is still to be made
 * @param artifact the artifact that is used, if the stage is skipped
 * @param forced whether the stage runs although nothing need have changed
 */
public record Decision(
    PlannedStage planned,
    Optional<Identity> identity,
    Optional<StoredArtifact> artifact,
    boolean forced) {}
