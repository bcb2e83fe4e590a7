package io.millrace.jobs.datasetcard;

import io.millrace.jobs.page.Spread;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.ShardEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * The first rows of a row group.
 *
 * @param shard that holds them
 * @param group the row group's number in the shard
 * @param rows how many
 */
public record RowRange(ShardEntry shard, int group, int rows) {
  /** All rows of a dataset, in order. */
  public static List<RowRange> all(Dataset dataset) {
    List<RowRange> all = new ArrayList<>();
    for (ShardEntry shard : dataset.shards()) {
      for (int group = 0; group < shard.rowGroups().size(); group++) {
        all.add(new RowRange(shard, group, shard.rowGroups().get(group)));
      }
    }
    return all;
  }

  /**
   * Rows spread evenly over a dataset, in order; since shards are shuffled, a fair sample.
   *
   * @param groups at most that many row groups are read
   * @param rows rows in all; every row if there are fewer
   */
  public static List<RowRange> spread(Dataset dataset, int groups, long rows) {
    List<RowRange> chosen = Spread.evenly(all(dataset), groups);
    long there = rows(chosen);
    if (there <= rows) {
      return chosen;
    }
    // Each group's share, rounded so that the sum is right.
    List<RowRange> shares = new ArrayList<>(chosen.size());
    long before = 0;
    for (RowRange range : chosen) {
      long after = before + range.rows();
      int share = (int) (share(after, rows, there) - share(before, rows, there));
      if (share > 0) {
        shares.add(new RowRange(range.shard(), range.group(), share));
      }
      before = after;
    }
    return shares;
  }

  /** How many rows they have together. */
  public static long rows(List<RowRange> ranges) {
    return ranges.stream().mapToLong(RowRange::rows).sum();
  }

  private static long share(long position, long wanted, long there) {
    return Math.round((double) position * wanted / there);
  }
}
