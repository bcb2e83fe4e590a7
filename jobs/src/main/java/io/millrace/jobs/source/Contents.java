package io.millrace.jobs.source;

import io.millrace.jobs.shard.Reject;
import java.util.List;
import java.util.Map;

/**
 * What a source holds, found by looking at folders and headers, before any picture is listed.
 *
 * @param classes by label number
 * @param parts in canonical order
 * @param rejects files and tails that hold no picture
 * @param ignored how many files the format itself defines, or lie beside its layout
 * @param description for people: format, place, fingerprint of the files there
 * @param lister of the parts
 */
public record Contents(
    Classes classes,
    List<Part> parts,
    List<Reject> rejects,
    long ignored,
    Map<String, String> description,
    Lister lister) {}
