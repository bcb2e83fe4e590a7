package io.millrace.jobs.source;

import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Reject;
import java.util.List;
import java.util.Map;

/**
 * What a source contains, found in folders and headers before any picture is listed.
 *
 * @param classes by label number
 * @param parts in canonical order
 * @param rejects files, and ends of files, that are not pictures
 * @param ignored files that are not pictures of it
 * @param leftOut files that the user does not want
 * @param notices what a person should know of it, in sentences
 * @param description for people: format, place, fingerprint of the files there
 * @param lister of the parts
 */
public record Contents(
    Classes classes,
    List<Part> parts,
    List<Reject> rejects,
    IgnoredFiles ignored,
    long leftOut,
    List<String> notices,
    Map<String, String> description,
    Lister lister) {}
