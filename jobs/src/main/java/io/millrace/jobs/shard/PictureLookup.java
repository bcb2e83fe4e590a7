package io.millrace.jobs.shard;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds a few pictures by their ids, reading as little as possible. */
public final class PictureLookup {
  /** About thirty million ids of raw photographs, read in a few seconds. */
  private static final int MOST_GROUPS = 600;

  private PictureLookup() {}

  /**
   * The pictures of these ids. Reads all ids of a row group but only the wanted pictures, and does
   * not verify checksums.
   *
   * @return those found in the first {@value #MOST_GROUPS} row groups of the split
   * @throws CannotException if a shard can't be read
   */
  public static Map<String, Picture> byId(Dataset dataset, Split split, Set<String> ids) {
    Map<String, Picture> found = new HashMap<>();
    int groups = 0;
    for (ShardEntry shard : dataset.shards(split)) {
      if (found.size() == ids.size() || groups >= MOST_GROUPS) {
        return found;
      }
      groups += shard.rowGroups().size();
      try (ShardReader reader = ShardReader.glance(dataset.root(), shard)) {
        for (int group = 0; group < shard.rowGroups().size(); group++) {
          List<String> there = reader.ids(group);
          int[] wanted =
              IntStream.range(0, there.size())
                  .filter(row -> ids.contains(there.get(row)))
                  .toArray();
          for (Picture picture : reader.rows(group, wanted)) {
            found.put(picture.id(), picture);
          }
        }
      } catch (IOException | RuntimeException e) {
        // Without a checksum, damage can cause any exception of Parquet's.
        throw new CannotException("read shard " + shard.path(), String.valueOf(e.getMessage()), e);
      }
    }
    return found;
  }
}
