package io.millrace.jobs.feed;

import io.millrace.jobs.random.Bits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order of one epoch: a pure function (seed, epoch, position) to the place of an image, the
 * same for any number of workers. Permutations are Fisher and Yates's, drawn from SplitMix64. Not
 * for use by several threads, since the permutation of the last window is kept.
 */
final class Order {
  private static final long DOMAIN = 0x4F524445L;
  private static final long SHARDS = 0;
  private static final long GROUPS = 1;
  private static final long WINDOWS = 2;

  private final List<View.Block> blocks;
  private final long[] starts;
  private final long size;
  private final long window;
  private final long key;
  private long permutedWindow = -1;
  private int[] permutation = {};

  /**
   * @param epoch counted from 0
   * @throws IllegalArgumentException if a full shuffle has more images than an array can number
   */
  Order(View view, Shuffle shuffle, long seed, int epoch) {
    key = Bits.absorb(Bits.absorb(Bits.absorb(0, DOMAIN), seed), epoch);
    size = view.size();
    if (shuffle instanceof Shuffle.Block block) {
      blocks = permutedBlocks(view.blocks());
      window = block.window();
    } else {
      blocks = view.blocks();
      window = shuffle instanceof Shuffle.Full ? Math.max(1, size) : 0;
    }
    if (window > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Cannot shuffle %d images fully: at most %d; take shuffle = block"
              .formatted(size, Integer.MAX_VALUE));
    }
    starts = new long[blocks.size() + 1];
    for (int i = 0; i < blocks.size(); i++) {
      starts[i + 1] = starts[i] + blocks.get(i).size();
    }
  }

  /** The place of the image at a position of 0..size-1. */
  Place at(long position) {
    if (position < 0 || position >= size) {
      throw new IndexOutOfBoundsException(position + " of " + size);
    }
    long shuffled = window == 0 ? position : withinWindow(position);
    int index = Arrays.binarySearch(starts, shuffled);
    if (index < 0) {
      index = -index - 2;
    }
    // Equal starts would mean an empty block, which a view leaves out or an empty shard brings.
    while (starts[index + 1] <= shuffled) {
      index++;
    }
    View.Block block = blocks.get(index);
    return new Place(block.shard(), block.group(), block.row((int) (shuffled - starts[index])));
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
    long drawn = Bits.absorb(Bits.absorb(key, kind), number);
    int[] permutation = new int[length];
    for (int i = 0; i < length; i++) {
      int j = Bits.below(Bits.absorb(drawn, i), i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
    return permutation;
  }

  /**
   * Where an image lies.
   *
   * @param shard index into the view's shards
   * @param group index of the row group in the shard
   * @param row index of the row in the row group
   */
  record Place(int shard, int group, int row) {}
}
