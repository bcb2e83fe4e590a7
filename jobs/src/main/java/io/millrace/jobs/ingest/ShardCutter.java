package io.millrace.jobs.ingest;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Entry;
import io.millrace.pipeline.store.Digests;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Divides lists of entries into the lists of shards, in passes over files, so that memory does not
 * grow with the dataset.
 */
final class ShardCutter {
  private static final long PLACE = 0x53484152L;

  /** A small dataset gets about this many shards. */
  private static final int SHARDS_OF_SMALL = 16;

  /** Shards are not planned smaller than this. */
  private static final long LEAST_BYTES = 8_000_000;

  /** How many lists are open at once. */
  private static final int OPEN = 256;

  private static final Split[] SPLITS = Split.values();

  private final JobFiles staging;
  private final SubsetFilter.Pass entries;
  private final SubsetFilter filter;
  private final Intake intake;
  private final IngestParameters parameters;
  private final long[] weights = new long[SPLITS.length];
  private long leftOut;

  ShardCutter(
      JobFiles staging,
      SubsetFilter.Pass entries,
      SubsetFilter filter,
      Intake intake,
      IngestParameters parameters) {
    this.staging = staging;
    this.entries = entries;
    this.filter = filter;
    this.intake = intake;
    this.parameters = parameters;
  }

  /** A picture's place in its shuffled split: uniform over all longs, unsigned. */
  static long place(long seed, String id) {
    return Bits.absorb(Bits.absorb(Bits.absorb(0, PLACE), seed), Bits.idHash(id));
  }

  /** How many entries are not wanted; known after {@link #cut}. */
  long leftOut() {
    return leftOut;
  }

  /** Writes the lists of all shards and returns their plans. */
  List<ShardPlan> cut() throws IOException {
    entries.over(this::weigh);
    long all = weights[0] + weights[1] + weights[2];
    long largest = parameters.shardBytes().bytes();
    long target = Math.min(largest, Math.max(LEAST_BYTES, all / SHARDS_OF_SMALL));
    int[] shards = new int[SPLITS.length];
    for (Split split : SPLITS) {
      int s = split.number();
      shards[s] = Math.toIntExact((weights[s] + target - 1) / target);
    }
    List<ShardPlan> plans = new ArrayList<>();
    for (Split split : SPLITS) {
      for (int from = 0; from < shards[split.number()]; from += OPEN) {
        int to = Math.min(from + OPEN, shards[split.number()]);
        plans.addAll(scatter(split, shards[split.number()], from, to));
      }
    }
    return plans;
  }

  private void weigh(Entry entry) {
    if (filter.takes(entry)) {
      weights[entry.split().number()] += intake.weight(entry);
    } else {
      leftOut++;
    }
  }

  /** Writes the lists of shards {@code from} to {@code to} (exclusive). */
  private List<ShardPlan> scatter(Split split, int shards, int from, int to) throws IOException {
    List<Sheet> sheets = new ArrayList<>();
    try {
      for (int i = from; i < to; i++) {
        sheets.add(new Sheet(staging, WorkFiles.FOLDER + "/" + ShardPlan.name(split, i)));
      }
      long[] before = new long[1];
      entries.over(
          entry -> {
            if (entry.split() == split && filter.takes(entry)) {
              int shard = shard(entry, shards, before[0]);
              before[0] += intake.weight(entry);
              if (shard >= from && shard < to) {
                sheets.get(shard - from).writer.write(entry);
              }
            }
          });
    } finally {
      for (Sheet sheet : sheets) {
        sheet.writer.close();
      }
    }
    List<ShardPlan> plans = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Sheet sheet = sheets.get(i - from);
      if (sheet.writer.entries() > 0) {
        plans.add(new ShardPlan(split, i, sheet.path, sheet.writer.entries(), sheet.digest()));
      }
    }
    return plans;
  }

  private int shard(Entry entry, int shards, long before) {
    return switch (parameters.shuffle()) {
      case FULL -> Bits.below(place(parameters.seed(), entry.id()), shards);
      case NONE -> {
        long all = weights[entry.split().number()];
        yield (int) (before / ((all + shards - 1) / shards));
      }
    };
  }

  private static final class Sheet {
    private final String path;
    private final MessageDigest digest;
    private final EntryFile.Writer writer;

    Sheet(JobFiles staging, String path) throws IOException {
      this.path = path;
      this.digest = Digests.sha256();
      OutputStream file = staging.create(path);
      this.writer =
          new EntryFile.Writer(
              new BufferedOutputStream(new DigestOutputStream(file, digest), 1 << 13));
    }

    String digest() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
