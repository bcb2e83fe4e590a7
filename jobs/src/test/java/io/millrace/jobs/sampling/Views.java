package io.millrace.jobs.sampling;

import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Views of datasets that are only described: nothing reads them. */
final class Views {
  private Views() {}

  /** A view of shards with row groups of these sizes. */
  static View of(List<List<Integer>> groups) {
    List<ShardEntry> shards = new ArrayList<>();
    for (List<Integer> rows : groups) {
      int sum = rows.stream().mapToInt(Integer::intValue).sum();
      String path = "split=train/part-%05d.parquet".formatted(shards.size());
      shards.add(new ShardEntry(path, Split.TRAIN, sum, sum, "none", rows));
    }
    Dataset dataset =
        new Dataset(
            URI.create("file:/none"),
            "none",
            List.of("a", "b"),
            new Counts(0, 0, 0, 0, 0),
            Map.of(),
            Map.of(),
            shards);
    return View.whole(dataset, Split.TRAIN);
  }
}
