package io.millrace.pipeline.job;

import java.net.URI;
import java.util.Map;

/**
 * A result of a job as {@code show} finds it, long after it was made.
 *
 * @param artifact its folder
 * @param contents of the file that {@link Job#contentsFile} names, as maps, lists, strings,
 *     booleans, Long and Double; empty if it names none
 * @param metrics the figures that {@link JobResult#metrics} held, in the same form
 */
public record FactsRequest(
    URI artifact, Map<String, Object> contents, Map<String, Object> metrics) {}
