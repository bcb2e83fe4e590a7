package io.millrace.jobs.augment;

import io.millrace.jobs.shard.ShardEntry;
import java.io.Serializable;
import java.util.Locale;

/**
 * A shard that one task writes.
 *
 * @param shard of the pictures
 * @param variant number of the variant, from 0
 * @param index of the new shard within its split
 */
record VariantPlan(ShardEntry shard, int variant, int index) implements Serializable {
  /** E.g. {@code train-part-00007}. */
  String name() {
    return String.format(Locale.ROOT, "%s-part-%05d", shard.split().text(), index);
  }
}
