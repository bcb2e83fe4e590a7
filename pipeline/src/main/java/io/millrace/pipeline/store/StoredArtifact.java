package io.millrace.pipeline.store;

import java.net.URI;

/**
 * An artifact and where it lies.
 *
 * @param folder its folder
 * @param manifest what it is
 */
public record StoredArtifact(URI folder, ArtifactManifest manifest) {}
