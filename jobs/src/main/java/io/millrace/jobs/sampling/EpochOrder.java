package io.millrace.jobs.sampling;

/**
 * The order of one epoch: a pure function from (seed, epoch, position) to the place of an image,
 * the same for any number of workers.
 */
public sealed interface EpochOrder permits ShuffledOrder, BalancedOrder {
  /**
   * The order of an epoch.
   *
   * @param view {@linkplain View#labelled labelled} where the shuffle is balanced
   * @param epoch counted from 0
   */
  static EpochOrder of(View view, Shuffle shuffle, long seed, int epoch) {
    return shuffle instanceof Shuffle.Balanced
        ? new BalancedOrder(view, seed, epoch)
        : new ShuffledOrder(view, shuffle, seed, epoch);
  }

  /** The place of the image at a position of 0..size-1. */
  Place at(long position);

  /**
   * Where an image lies.
   *
   * @param shard index into the view's shards
   * @param group index of the row group in the shard
   * @param row index of the row in the row group
   * @param turn how often the image came before, where an epoch may have it several times;
   *     otherwise 0
   */
  record Place(int shard, int group, int row, long turn) {
    Place(int shard, int group, int row) {
      this(shard, group, row, 0);
    }
  }
}
