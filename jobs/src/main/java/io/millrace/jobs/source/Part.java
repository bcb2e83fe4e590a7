package io.millrace.jobs.source;

import io.millrace.jobs.shard.Split;
import java.io.Serializable;
import java.net.URI;

/**
 * A run of records that lie in one file, in order.
 *
 * @param file where the bytes are
 * @param name what the ids begin with and messages say
 * @param split that all its pictures belong to
 * @param records whole records in it
 */
public record Part(URI file, String name, Split split, long records) implements Serializable {}
