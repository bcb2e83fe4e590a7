package io.millrace.pipeline.spec;

import java.util.List;
import java.util.Optional;

/**
 * A command line flag for one key of a job.
 *
 * @param path the key's path in the job's parameters, e.g. {@code source.format}
 * @param names the names that it goes by, the full one first: {@code --source.format}, {@code
 *     --format}
 * @param type what it takes, for help: {@code "path"}, {@code "int"}, {@code "list"}, ...
 * @param doc the key's description
 * @param defaultText the default as HOCON text; empty if there is none
 * @param required whether the job can't do without it
 * @param choices the values that it takes, where they can be listed
 */
public record Flag(
    String path,
    List<String> names,
    String type,
    String doc,
    Optional<String> defaultText,
    boolean required,
    List<String> choices) {}
