package io.millrace.pipeline.job;

import java.net.URI;
import java.util.Map;

/**
 * Everything that a job needs to run, in this JVM or another.
 *
 * @param stage the stage's name, or the job's name when it runs alone
 * @param parameters checked; every {@link io.millrace.pipeline.job.Location} is an absolute path or
 *     URI
 * @param staging the existing, empty folder for the result's files; it becomes the artifact when
 *     the job returns
 * @param unfinished a folder of this stage that survives a killed attempt with the same
 *     fingerprint; it may not exist yet. Its path ends in {@code unfinished/<stage>/<fingerprint>}
 * @param scratch a local folder for temporary files, shared by the run's stages and removed after
 *     it
 * @param settings settings that can't change the result, as flat keys: {@code spark.master}, {@code
 *     spark.executor.memory}, ...
 * @param reproduce the command that reproduces this stage, for provenance
 */
public record JobRequest<P extends Record>(
    String stage,
    P parameters,
    URI staging,
    URI unfinished,
    URI scratch,
    Map<String, String> settings,
    String reproduce) {}
