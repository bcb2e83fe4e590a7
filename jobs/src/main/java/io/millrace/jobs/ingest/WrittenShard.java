package io.millrace.jobs.ingest;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The result of one task; stored beside a finished shard.
 *
 * @param split of the shard
 * @param records how many it read
 * @param shards one, or none if no record was usable
 * @param classCounts pictures by label number
 * @param reasons quarantined records, by reason
 * @param notes counts of pictures with a note, by kind
 * @param encodings of its pictures
 * @param classes the digest of the class names, which are in the shard's footer
 * @param plan the digest of the list that it was made from
 */
record WrittenShard(
    Split split,
    long records,
    List<ShardEntry> shards,
    long[] classCounts,
    Map<String, Damage> reasons,
    Map<String, Long> notes,
    Set<Encoding> encodings,
    String classes,
    String plan)
    implements Serializable {
  /** Checks that nothing is missing. */
  WrittenShard {
    Objects.requireNonNull(shards);
    Objects.requireNonNull(classCounts);
    Objects.requireNonNull(reasons);
    Objects.requireNonNull(notes);
    Objects.requireNonNull(encodings);
    Objects.requireNonNull(classes);
    Objects.requireNonNull(plan);
  }
}
