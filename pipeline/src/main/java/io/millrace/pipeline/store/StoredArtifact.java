package io.millrace.pipeline.store;

import java.net.URI;

/**
 * An artifact and its folder.
 *
 * @param folder its folder
 * @param manifest its description
 */
public record StoredArtifact(URI folder, ArtifactManifest manifest) {}
