package io.millrace.jobs.ingest;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.QuarantineWriter;
import io.millrace.jobs.shard.ResumableShards;
import io.millrace.jobs.shard.ShardEntry;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells whether a shard of an ingest is complete: it has its recorded length, its hashes and its
 * quarantine, and was made from the same list for the same classes.
 *
 * @param classNames by label number
 * @param lists that were made in this attempt
 */
record IngestedShards(JobFiles dataset, List<String> classNames, List<Listed> lists)
    implements ResumableShards.Kind<ShardPlan, WrittenShard> {
  static String digest(List<String> classNames) {
    return Dataset.digestOf(List.of(), classNames);
  }

  @Override
  public String name(ShardPlan plan) {
    return plan.name();
  }

  @Override
  public long planned(ShardPlan plan) {
    return plan.records();
  }

  @Override
  public long made(WrittenShard made) {
    return made.records();
  }

  @Override
  public boolean isWhole(ShardPlan plan, WrittenShard made) throws IOException {
    boolean whole = made.plan().equals(plan.digest()) && made.classes().equals(digest(classNames));
    long rows = 0;
    for (ShardEntry shard : made.shards()) {
      whole &= dataset.length(shard.path()) == shard.bytes();
      rows += shard.rows();
    }
    whole &= ContentHashes.areWhole(dataset, plan.name(), rows);
    whole &= made.reasons().isEmpty() || dataset.length(QuarantineWriter.path(plan.name())) > 0;
    return whole;
  }

  @Override
  public Set<String> files(ShardPlan plan, WrittenShard made) {
    Set<String> files = new HashSet<>();
    made.shards().forEach(shard -> files.add(shard.path()));
    files.add(QuarantineWriter.path(plan.name()));
    return files;
  }

  /** The files of records that were quarantined while listing. */
  @Override
  public Set<String> others() {
    Set<String> files = new HashSet<>();
    for (Listed list : lists) {
      if (!list.rejects().isEmpty()) {
        files.add(QuarantineWriter.path(list.name()));
      }
    }
    return files;
  }
}
