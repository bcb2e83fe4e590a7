package io.millrace.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Part;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ShardPlanTest {
  private static final List<Split> SPLITS = List.of(Split.values());
  private static final URI FILE = URI.create("file:/x");
  private static final long MEGABYTE = 1_000_000;

  @Property(tries = 300)
  void everyRecordStandsInOneShardInOrder(
      @ForAll @Size(min = 1, max = 8) List<@LongRange(min = 1, max = 300_000) Long> records,
      @ForAll @IntRange(min = 1, max = 200_000) int bytesPerPicture,
      @ForAll @LongRange(min = 1, max = 200) long largestMegabytes) {
    List<Part> parts = parts(records);
    List<ShardPlan> plans = ShardPlan.of(parts, bytesPerPicture, largestMegabytes * MEGABYTE);
    for (Split split : Split.values()) {
      List<ShardPlan> own = plans.stream().filter(plan -> plan.split() == split).toList();
      List<ShardPlan.Slice> slices = new ArrayList<>();
      for (int i = 0; i < own.size(); i++) {
        assertThat(own.get(i).index()).isEqualTo(i);
        assertThat(own.get(i).records()).isPositive();
        assertThat((own.get(i).records() - 1) * bytesPerPicture)
            .isLessThanOrEqualTo(largestMegabytes * MEGABYTE);
        slices.addAll(own.get(i).slices());
      }
      assertThat(joined(slices)).isEqualTo(whole(parts, split));
    }
  }

  @Example
  void aSmallDatasetGivesSeveralTasksWork() {
    assertThat(ShardPlan.of(parts(List.of(10_000L)), 3073, 128 * MEGABYTE)).hasSize(4);
    assertThat(ShardPlan.of(parts(List.of(60_000L)), 3073, 128 * MEGABYTE)).hasSize(16);
    assertThat(ShardPlan.of(parts(List.of(20L)), 3073, 128 * MEGABYTE)).hasSize(1);
    assertThat(ShardPlan.of(List.of(), 3073, 128 * MEGABYTE)).isEmpty();
  }

  private static List<Part> parts(List<Long> records) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      Split split = SPLITS.get(i * SPLITS.size() / records.size());
      parts.add(new Part(FILE, "part" + i, split, records.get(i)));
    }
    return parts;
  }

  private static List<ShardPlan.Slice> whole(List<Part> parts, Split split) {
    return parts.stream()
        .filter(part -> part.split() == split)
        .map(part -> new ShardPlan.Slice(part, 0, part.records()))
        .toList();
  }

  /** Neighbouring slices of one part as one. */
  private static List<ShardPlan.Slice> joined(List<ShardPlan.Slice> slices) {
    List<ShardPlan.Slice> joined = new ArrayList<>();
    for (ShardPlan.Slice slice : slices) {
      int last = joined.size() - 1;
      if (last >= 0
          && joined.get(last).part().equals(slice.part())
          && joined.get(last).to() == slice.from()) {
        joined.set(last, new ShardPlan.Slice(slice.part(), joined.get(last).from(), slice.to()));
      } else {
        joined.add(slice);
      }
    }
    return joined;
  }
}
