package io.millrace.jobs.augment;

import io.millrace.jobs.shard.ShardEntry;
import java.io.Serializable;
import java.util.List;

/**
 * The shards that a task wrote.
 *
 * @param shards one for each size, in the order of the pyramid
 */
record MadeShards(List<ShardEntry> shards) implements Serializable {
  /** Copies the list. */
  MadeShards {
    shards = List.copyOf(shards);
  }

  /** Pictures of one size. */
  long pictures() {
    return shards.get(0).rows();
  }
}
