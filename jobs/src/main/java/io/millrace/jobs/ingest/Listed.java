package io.millrace.jobs.ingest;

import io.millrace.jobs.shard.IgnoredFiles;
import java.io.Serializable;
import java.util.Map;

/**
 * The result of listing one task's parts.
 *
 * @param file the list of entries, relative to the staging folder
 * @param entries how many are in it
 * @param ignored files
 * @param leftOut pictures that the source's split leaves out
 * @param rejects by reason
 * @param digest of ids, places and lengths
 */
record Listed(
    String file,
    long entries,
    IgnoredFiles ignored,
    long leftOut,
    Map<String, Damage> rejects,
    String digest)
    implements Serializable {
  /** The name of its quarantine file. */
  String name() {
    return file.substring(file.lastIndexOf('/') + 1);
  }
}
