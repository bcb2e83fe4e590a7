package io.millrace.jobs.feed;

import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Levels;
import java.io.Serializable;

/**
 * How the minibatches of every epoch of a training are made.
 *
 * @param view the images
 * @param input the shape of the results
 * @param normaliser of the dataset's statistics
 * @param chain augmentation, which ends in that shape
 * @param levels of the dataset, for transforms whose noise follows it
 * @param shuffle the order of an epoch
 * @param resizes whether pictures of other sizes are first resized to cover the shape and cropped
 *     at the centre
 * @param seed of order and augmentation
 * @param classes how many labels there are; every picture must have one
 * @param feeding the threads and memory for it
 */
public record Recipe(
    View view,
    InputShape input,
    Normaliser normaliser,
    Chain chain,
    Levels levels,
    Shuffle shuffle,
    boolean resizes,
    long seed,
    int classes,
    Feeding feeding)
    implements Serializable {
  /** The same for a task with so many processors; nothing changes if threads are given. */
  public Recipe withProcessors(int processors) {
    boolean given = feeding.threads() != Feeding.AS_THE_TASK;
    return given
        ? this
        : new Recipe(
            view,
            input,
            normaliser,
            chain,
            levels,
            shuffle,
            resizes,
            seed,
            classes,
            new Feeding(processors, feeding.limits()));
  }

  /** The same recipe for another view. */
  Recipe of(View other) {
    return new Recipe(
        other, input, normaliser, chain, levels, shuffle, resizes, seed, classes, feeding);
  }

  /** A recipe with one thread. */
  public Recipe(
      View view,
      InputShape input,
      Normaliser normaliser,
      Chain chain,
      Levels levels,
      Shuffle shuffle,
      boolean resizes,
      long seed,
      int classes) {
    this(view, input, normaliser, chain, levels, shuffle, resizes, seed, classes, Feeding.PLAIN);
  }
}
