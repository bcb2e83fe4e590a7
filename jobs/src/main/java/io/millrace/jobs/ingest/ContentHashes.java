package io.millrace.jobs.ingest;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Split;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Hashes of the pictures' original bytes (64-bit xxHash), stored in a file beside each shard until
 * equal pictures are counted.
 */
final class ContentHashes {
  /** The folder of hashes, beside the finished shards. */
  static final String FOLDER = "_hashes";

  private static final XXHash64 HASH = XXHashFactory.fastestJavaInstance().hash64();

  /** The low bits of a hash are replaced by the split's number. */
  private static final int SPLIT_BITS = 2;

  private final long[] hashes;
  private int count;

  ContentHashes(int most) {
    hashes = new long[most];
  }

  /** Adds a picture of the shard. */
  void add(byte[] bytes) {
    hashes[count++] = HASH.hash(bytes, 0, bytes.length, 0);
  }

  void write(JobFiles files, String shard) throws IOException {
    try (DataOutputStream out = new DataOutputStream(files.create(file(shard)))) {
      for (int i = 0; i < count; i++) {
        out.writeLong(hashes[i]);
      }
    }
  }

  /** Whether the hashes of a shard with that many rows are there. */
  static boolean areWhole(JobFiles files, String shard, long rows) throws IOException {
    return files.length(file(shard)) == rows * Long.BYTES;
  }

  private static String file(String shard) {
    return FOLDER + "/" + shard;
  }

  /**
   * Counts equal pictures.
   *
   * @param shards with hashes
   * @param pictures in all shards
   */
  static Repeated repeated(JobFiles files, List<ShardPlan> shards, long pictures)
      throws IOException {
    long[] sums = new long[2];
    Repeats.find(
        sink -> {
          for (ShardPlan shard : shards) {
            read(files, shard, sink);
          }
        },
        pictures,
        SPLIT_BITS,
        (sorted, from, to) -> {
          sums[0] += to - from - 1;
          // Sorted, so that the first and the last differ if any do.
          if (sorted[from] != sorted[to - 1]) {
            sums[1]++;
          }
        });
    return new Repeated(sums[0], sums[1]);
  }

  private static void read(JobFiles files, ShardPlan shard, Repeats.Sink sink) throws IOException {
    int split = shard.split().number();
    byte[] all =
        files
            .read(file(shard.name()))
            .orElseThrow(() -> new IOException(shard + " has lost its hashes"));
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(all))) {
      for (int i = 0; i < all.length / Long.BYTES; i++) {
        sink.number(in.readLong() >> SPLIT_BITS << SPLIT_BITS | split);
      }
    }
  }

  /**
   * How many pictures are equal.
   *
   * @param pictures that are equal to an earlier one
   * @param acrossSplits contents that are in more than one split
   */
  record Repeated(long pictures, long acrossSplits) {}

  static {
    if (Split.values().length > 1 << SPLIT_BITS) {
      throw new IllegalStateException("splits no longer fit into " + SPLIT_BITS + " bits");
    }
  }
}
