package io.millrace.jobs.shard;

import java.io.Serializable;

/**
 * A record or file that could not become a picture, as the quarantine keeps it.
 *
 * @param id the id that its picture would have had
 * @param path the file that it is in
 * @param reason a few words, the same for the same kind of damage
 * @param bytes its length
 */
public record Reject(String id, String path, String reason, long bytes) implements Serializable {}
