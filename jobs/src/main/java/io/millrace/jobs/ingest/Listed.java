package io.millrace.jobs.ingest;

import io.millrace.jobs.shard.IgnoredFiles;
import java.io.Serializable;
import java.util.Map;

/**
 * What one task found in its parts.
 *
 * @param file the list of entries, relative to the staging folder
 * @param entries in it
 * @param ignored files
 * @param leftOut pictures that the source's split leaves out
 * @param rejects by reason
 * @param digest over ids, places and lengths
 */
record Listed(
    String file,
    long entries,
    IgnoredFiles ignored,
    long leftOut,
    Map<String, Damage> rejects,
    String digest)
    implements Serializable {
  /** What its quarantine is called. */
  String name() {
    return file.substring(file.lastIndexOf('/') + 1);
  }
}
