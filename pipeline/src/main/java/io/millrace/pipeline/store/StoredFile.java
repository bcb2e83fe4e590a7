package io.millrace.pipeline.store;

/**
 * One file of an artifact, for a quick check that it is complete.
 *
 * @param path relative to the artifact's folder, parts separated by {@code /}
 * @param bytes its length
 */
public record StoredFile(String path, long bytes) {}
