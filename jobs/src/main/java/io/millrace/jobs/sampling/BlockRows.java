package io.millrace.jobs.sampling;

import io.millrace.jobs.sampling.EpochOrder.Place;
import java.util.Arrays;
import java.util.List;

/** The rows of blocks one after the other, numbered from 0. */
final class BlockRows {
  private final List<View.Block> blocks;
  private final long[] starts;

  BlockRows(List<View.Block> blocks) {
    this.blocks = blocks;
    starts = new long[blocks.size() + 1];
    for (int i = 0; i < blocks.size(); i++) {
      starts[i + 1] = starts[i] + blocks.get(i).size();
    }
  }

  Place at(long number) {
    int index = Arrays.binarySearch(starts, number);
    if (index < 0) {
      index = -index - 2;
    }
    // Skips empty blocks, which an empty shard has: their starts are equal.
    while (starts[index + 1] <= number) {
      index++;
    }
    View.Block block = blocks.get(index);
    return new Place(block.shard(), block.group(), block.row((int) (number - starts[index])));
  }
}
