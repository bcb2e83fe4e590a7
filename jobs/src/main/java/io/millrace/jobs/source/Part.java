package io.millrace.jobs.source;

import io.millrace.jobs.shard.Split;
import java.io.Serializable;
import java.net.URI;

/**
 * A piece of a source that one task lists: a file of records, an archive within an archive, a
 * folder.
 *
 * @param file the file, or the folder
 * @param name the beginning of the ids, and the name in messages
 * @param split that all its pictures belong to
 * @param label of all its pictures; {@link Entry#NO_LABEL} where each has its own, or none
 * @param offset where it begins in the file, in bytes; {@link #FOLDER} of a folder
 * @param length of it, in bytes; 0 of a folder
 */
public record Part(URI file, String name, Split split, int label, long offset, long length)
    implements Serializable {
  /** The offset of a folder: a file may be empty, and a folder has no length. */
  public static final long FOLDER = -1;
}
