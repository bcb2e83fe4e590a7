package io.millrace.jobs.ingest;

import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What one task made of its records.
 *
 * @param split of the shard
 * @param records that it read
 * @param shards one, or none if no record was usable
 * @param classCounts pictures by label number
 * @param reasons what was quarantined, by reason
 */
record WrittenShard(
    Split split,
    long records,
    List<ShardEntry> shards,
    long[] classCounts,
    Map<String, Damage> reasons)
    implements Serializable {}
