package io.millrace.jobs.shard;

import java.io.Serializable;
import java.net.URI;
import java.util.List;

/**
 * A dataset's manifest ({@code _dataset.json}), opened.
 *
 * @param root the folder that the shards' paths are relative to
 * @param digest of the content: shard checksums and class names
 * @param classNames by label number
 * @param shards of all splits, sorted by path
 */
public record Dataset(URI root, String digest, List<String> classNames, List<ShardEntry> shards)
    implements Serializable {
  /**
   * @throws io.millrace.pipeline.CannotException if there is no readable dataset at {@code root}
   */
  public static Dataset open(URI root) {
    throw new UnsupportedOperationException("" + root);
  }

  /** The shards of one split, in order of path. */
  public List<ShardEntry> shards(Split split) {
    return shards.stream().filter(shard -> shard.split() == split).toList();
  }

  /** Images in one split. */
  public long images(Split split) {
    return shards(split).stream().mapToLong(ShardEntry::rows).sum();
  }
}
