package io.millrace.jobs.sampling;

import io.millrace.jobs.random.Bits;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of one epoch: a pure function from (seed, epoch, position) to the place of an image,
 * the same for any number of workers. Permutations are Fisher and Yates's, drawn from SplitMix64.
 * Not for use by several threads, since the permutation of the last window is kept.
 */
final class ShuffledOrder implements EpochOrder {
  private static final long DOMAIN = 0x4F524445L;
  private static final long SHARDS = 0;
  private static final long GROUPS = 1;
  private static final long WINDOWS = 2;

  private final BlockRows rows;
  private final long size;
  private final long window;
  private final long key;
  private long permutedWindow = -1;
  private int[] permutation = {};

  /**
   * @param epoch counted from 0
   * @throws IllegalArgumentException if a full shuffle has more images than an array can number
   */
  ShuffledOrder(View view, Shuffle shuffle, long seed, int epoch) {
    key = Bits.absorb(Bits.absorb(Bits.absorb(0, DOMAIN), seed), epoch);
    size = view.size();
    if (shuffle instanceof Shuffle.Block block) {
      rows = new BlockRows(permutedBlocks(view.blocks()));
      window = block.window();
    } else {
      rows = new BlockRows(view.blocks());
      window = shuffle instanceof Shuffle.Full ? Math.max(1, size) : 0;
    }
    if (window > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Cannot shuffle %s fully: at most %s; use shuffle = block"
              .formatted(Amounts.count(size, "image"), Amounts.count(Integer.MAX_VALUE)));
    }
  }

  @Override
  public Place at(long position) {
    if (position < 0 || position >= size) {
      throw new IndexOutOfBoundsException(position + " of " + size);
    }
    return rows.at(window == 0 ? position : withinWindow(position));
  }

  private long withinWindow(long position) {
    long number = position / window;
    long first = number * window;
    if (number != permutedWindow) {
      permutation = permutation((int) Math.min(window, size - first), WINDOWS, number);
      permutedWindow = number;
    }
    return first + permutation[(int) (position - first)];
  }

  private List<View.Block> permutedBlocks(List<View.Block> natural) {
    List<List<View.Block>> shards = new ArrayList<>();
    int last = -1;
    for (View.Block block : natural) {
      if (block.shard() != last) {
        shards.add(new ArrayList<>());
        last = block.shard();
      }
      shards.get(shards.size() - 1).add(block);
    }
    List<View.Block> permuted = new ArrayList<>(natural.size());
    for (int shard : permutation(shards.size(), SHARDS, 0)) {
      List<View.Block> groups = shards.get(shard);
      for (int group : permutation(groups.size(), GROUPS, groups.get(0).shard())) {
        permuted.add(groups.get(group));
      }
    }
    return permuted;
  }

  private int[] permutation(int length, long kind, long number) {
    return Permutation.of(length, Bits.absorb(Bits.absorb(key, kind), number));
  }
}
