package io.millrace.jobs.ingest;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Part;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes into one shard. Where one ends and the next begins follows from the records alone,
 * never from the number of tasks.
 *
 * @param split of all its pictures
 * @param index within the split
 * @param slices in order
 */
record ShardPlan(Split split, int index, List<Slice> slices) implements Serializable {
  /** A small dataset is cut into about this many shards. */
  private static final int SHARDS_OF_SMALL = 16;

  /** No dataset is cut smaller than this. */
  private static final long LEAST_BYTES = 8_000_000;

  /** Records {@code from} (inclusive) to {@code to} (exclusive) of a part. */
  record Slice(Part part, long from, long to) implements Serializable {}

  /**
   * The shards of all splits.
   *
   * @param parts in canonical order
   */
  static List<ShardPlan> of(List<Part> parts, int bytesPerPicture, long largestBytes) {
    long all = bytesPerPicture * parts.stream().mapToLong(Part::records).sum();
    long target = Math.min(largestBytes, Math.max(LEAST_BYTES, all / SHARDS_OF_SMALL));
    List<ShardPlan> plans = new ArrayList<>();
    for (Split split : Split.values()) {
      List<Part> own = parts.stream().filter(part -> part.split() == split).toList();
      long records = own.stream().mapToLong(Part::records).sum();
      int shards = Math.toIntExact((records * bytesPerPicture + target - 1) / target);
      for (int i = 0; i < shards; i++) {
        plans.add(
            new ShardPlan(split, i, slices(own, records * i / shards, records * (i + 1) / shards)));
      }
    }
    return plans;
  }

  long records() {
    return slices.stream().mapToLong(slice -> slice.to() - slice.from()).sum();
  }

  private static List<Slice> slices(List<Part> parts, long from, long to) {
    List<Slice> slices = new ArrayList<>();
    long first = 0;
    for (Part part : parts) {
      long start = Math.max(from, first) - first;
      long end = Math.min(to, first + part.records()) - first;
      if (start < end) {
        slices.add(new Slice(part, start, end));
      }
      first += part.records();
    }
    return slices;
  }
}
