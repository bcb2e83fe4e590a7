package io.millrace.jobs.ingest;

import io.millrace.jobs.shard.Split;
import java.io.Serializable;
import java.util.Locale;

/**
 * The contents of one shard. The entries alone decide where a shard ends, never the number of
 * tasks.
 *
 * @param split of all its pictures
 * @param index within the split
 * @param file the list of its entries, relative to the staging folder
 * @param records in that list
 * @param digest of the list
 */
record ShardPlan(Split split, int index, String file, long records, String digest)
    implements Serializable {
  /** E.g. {@code train-part-00007}. */
  static String name(Split split, int index) {
    return String.format(Locale.ROOT, "%s-part-%05d", split.text(), index);
  }

  String name() {
    return name(split, index);
  }
}
