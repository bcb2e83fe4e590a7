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
 * What one task made of its records; kept beside a finished shard.
 *
 * @param split of the shard
 * @param records that it read
 * @param shards one, or none if no record was usable
 * @param classCounts pictures by label number
 * @param reasons what was quarantined, by reason
 * @param notes pictures with something worth noting, by kind
 * @param encodings of its pictures
 * @param classes the digest of the class names, which stand in the shard's footer
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
  /** Refuses a record without them. */
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
