package io.millrace.jobs.ingest;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.shard.QuarantineWriter;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardWriter;
import io.millrace.jobs.source.PartReader;
import io.millrace.jobs.spark.SparkTasks;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes one shard, and beside it what had to be quarantined. A task that Spark runs again makes
 * the same files.
 */
record ShardTask(PartReader reader, int classes, URI staging)
    implements SparkTasks.Task<ShardPlan, WrittenShard> {
  @Override
  public WrittenShard apply(ShardPlan plan) throws IOException {
    long[] classCounts = new long[classes];
    List<Reject> rejects = new ArrayList<>();
    ShardEntry shard;
    try (ShardWriter writer =
        ShardWriter.create(staging, plan.split(), plan.index(), Encoding.RAW)) {
      for (ShardPlan.Slice slice : plan.slices()) {
        reader.read(
            slice.part(),
            slice.from(),
            slice.to(),
            picture -> {
              writer.write(picture);
              classCounts[picture.label()]++;
            },
            rejects::add);
      }
      shard = writer.finish();
    }
    String name = String.format(Locale.ROOT, "%s-part-%05d", plan.split().text(), plan.index());
    QuarantineWriter.write(staging, name, rejects);
    Map<String, Damage> reasons = new TreeMap<>();
    rejects.forEach(
        reject -> reasons.merge(reject.reason(), new Damage(1, reject.id()), Damage::and));
    List<ShardEntry> shards = List.of(shard);
    if (shard.rows() == 0) {
      JobFiles.in(staging).delete(shard.path());
      shards = List.of();
    }
    return new WrittenShard(plan.split(), plan.records(), shards, classCounts, reasons);
  }
}
