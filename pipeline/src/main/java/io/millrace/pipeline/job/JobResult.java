package io.millrace.pipeline.job;

import java.util.Map;

/**
 * What a job made.
 *
 * @param digest hex digest of the content alone: never time, path, throughput or provenance
 * @param metrics figures for {@code --json}, e.g. {@code accuracy} in 0..1
 * @param headline the main figure for the closing table, e.g. {@code "accuracy 86.2 %"}
 */
public record JobResult(String digest, Map<String, Object> metrics, String headline) {}
