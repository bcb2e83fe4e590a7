package io.millrace.pipeline.plan;

import io.millrace.pipeline.store.Identity;
import io.millrace.pipeline.store.StoredArtifact;
import java.util.List;
import java.util.Optional;

/**
 * What to do with one stage, as far as it is known now.
 *
 * @param planned the outcome with its reason
 * @param identity everything that decides the result; empty while an input must still be made
 * @param artifact the artifact that is used, if the stage is skipped
 * @param usable the artifacts with which the stage may be skipped: the one that is used, or those
 *     that fit in everything except the inputs that must still be made
 * @param forced whether the user asked for it to run, even if nothing changed
 */
public record Decision(
    PlannedStage planned,
    Optional<Identity> identity,
    Optional<StoredArtifact> artifact,
    List<StoredArtifact> usable,
    boolean forced) {}
