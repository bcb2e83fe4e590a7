package io.millrace.jobs.augment;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.ResumableShards;
import io.millrace.jobs.shard.ShardEntry;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells whether the shards of a variant are complete: there is one for each size, and each has its
 * recorded length. The folder belongs to one fingerprint, so the pictures and transforms are the
 * same.
 *
 * @param folders of the datasets, one for each size
 */
record VariantShards(List<URI> folders) implements ResumableShards.Kind<VariantPlan, MadeShards> {
  @Override
  public String name(VariantPlan plan) {
    return plan.name();
  }

  @Override
  public long planned(VariantPlan plan) {
    return plan.shard().rows();
  }

  @Override
  public long made(MadeShards made) {
    return made.pictures();
  }

  @Override
  public boolean isWhole(VariantPlan plan, MadeShards made) throws IOException {
    boolean whole = made.shards().size() == folders.size();
    for (int i = 0; whole && i < folders.size(); i++) {
      ShardEntry shard = made.shards().get(i);
      whole = JobFiles.in(folders.get(i)).length(shard.path()) == shard.bytes();
    }
    return whole;
  }

  /** A shard has the same name in the folder of each size. */
  @Override
  public Set<String> files(VariantPlan plan, MadeShards made) {
    return made.shards().stream().map(ShardEntry::path).collect(Collectors.toSet());
  }
}
