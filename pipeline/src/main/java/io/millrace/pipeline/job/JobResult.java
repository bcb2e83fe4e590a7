package io.millrace.pipeline.job;

import java.util.Map;

/**
 * The result of a job.
 *
 * @param digest hex digest of the content only, without time, path, throughput or provenance
 * @param metrics figures for {@code --json}, e.g. {@code accuracy} in 0..1
 * @param headline the main figure for the table at the end of a run, e.g. {@code "accuracy 86.2 %"}
 */
public record JobResult(String digest, Map<String, Object> metrics, String headline) {}
