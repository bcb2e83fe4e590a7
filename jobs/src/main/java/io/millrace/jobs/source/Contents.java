package io.millrace.jobs.source;

import io.millrace.jobs.shard.Reject;
import java.util.List;
import java.util.Map;

/**
 * What a source holds, found by listing and measuring files, before any picture is read.
 *
 * @param classNames by label number
 * @param parts with pictures, in canonical order; a file without a whole record has none
 * @param rejects files and tails that hold no picture
 * @param ignored how many files the format itself defines, or lie beside its layout
 * @param description for people: format, place, fingerprint of the files there
 * @param reader of the parts
 */
public record Contents(
    List<String> classNames,
    List<Part> parts,
    List<Reject> rejects,
    long ignored,
    Map<String, String> description,
    PartReader reader) {}
