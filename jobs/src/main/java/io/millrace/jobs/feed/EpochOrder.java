package io.millrace.jobs.feed;

/**
 * The order of one epoch: a pure function (seed, epoch, position) to the place of an image, the
 * same for any number of workers.
 */
interface EpochOrder {
  /**
   * The order of an epoch of a recipe.
   *
   * @param epoch counted from 0
   */
  static EpochOrder of(Recipe recipe, int epoch) {
    return recipe.shuffle() instanceof Shuffle.Balanced
        ? new BalancedOrder(recipe.view(), recipe.seed(), epoch)
        : new Order(recipe.view(), recipe.shuffle(), recipe.seed(), epoch);
  }

  /** The place of the image at a position of 0..size-1. */
  Place at(long position);

  /**
   * Where an image lies.
   *
   * @param shard index into the view's shards
   * @param group index of the row group in the shard
   * @param row index of the row in the row group
   * @param turn 0 unless the epoch may have the image several times; then another one each time
   */
  record Place(int shard, int group, int row, long turn) {
    Place(int shard, int group, int row) {
      this(shard, group, row, 0);
    }
  }
}
