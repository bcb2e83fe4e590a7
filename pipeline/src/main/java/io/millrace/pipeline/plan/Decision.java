package io.millrace.pipeline.plan;

import io.millrace.pipeline.store.Identity;
import io.millrace.pipeline.store.StoredArtifact;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done with one stage, as far as it can be known now.
 *
 * @param planned the outcome with its reason
 * @param identity all that decides the result; empty while an input is still to be made
 * @param artifact the artifact that is used, if the stage is skipped
 * @param usable the artifacts that the stage may be skipped with: the one that is used, or those
 *     that fit in all but the inputs that are still to be made
 * @param forced whether the stage runs although nothing need have changed
 */
public record Decision(
    PlannedStage planned,
    Optional<Identity> identity,
    Optional<StoredArtifact> artifact,
    List<StoredArtifact> usable,
    boolean forced) {}
