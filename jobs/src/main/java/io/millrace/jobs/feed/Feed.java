package io.millrace.jobs.feed;

import io.millrace.jobs.cache.Caches;
import io.millrace.jobs.feed.SliceDispatcher.Range;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.sampling.EpochOrder;
import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.transform.Levels;
import io.millrace.jobs.transform.TestTimeForm;
import io.millrace.pipeline.CannotException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Prefetched minibatches of consecutive positions: one thread reads, others decode, augment and
 * assemble. Closing it ends the threads, also before the last minibatch. Not for use by several
 * threads.
 *
 * <p>Memory: three minibatches, and stored pictures of some thousand positions, at most three
 * quarters of the caches' memory, in addition to the caches ({@link
 * io.millrace.jobs.cache.CacheLimits}).
 */
public final class Feed implements Minibatches {
  /** One in use, one ready, one being made. */
  private static final int BUFFERS = 3;

  private final Recipe recipe;
  private final ClosableQueue<Buffers> free = new ClosableQueue<>(BUFFERS + 1);
  private final ClosableQueue<PendingMinibatch> begun = new ClosableQueue<>(BUFFERS + 2);
  private final FeedThreads threads;
  private final long drawn;
  private boolean closed;
  private Optional<PendingMinibatch> ahead = Optional.empty();
  private Buffers lent = Buffers.NONE;
  private Spent spent = Spent.NONE;
  private long waited;

  private Feed(Recipe recipe, EpochOrder order, int epoch, Range range) {
    InputShape input = recipe.input();
    if (recipe.normaliser().channels() != input.channels()) {
      throw new CannotException(
          "normalise images of " + input.channels() + " channels",
          "the statistics have "
              + recipe.normaliser().channels()
              + "; compute them from the same dataset");
    }
    this.recipe = recipe;
    this.drawn = Bits.absorb(Bits.absorb(0, recipe.seed()), epoch);
    for (int i = 0; i < BUFFERS; i++) {
      free(Buffers.borrow(range.batch() * input.size(), range.batch() * recipe.classes()));
    }
    threads = new FeedThreads(recipe, order, epoch, range, free, begun);
  }

  /**
   * Shuffled, augmented minibatches with targets.
   *
   * @param epoch counted from 0
   * @param from first position of the epoch, of 0..N
   * @param to after the last position
   * @param batch images in a minibatch; the last one may have fewer
   */
  public static Feed training(Recipe recipe, int epoch, long from, long to, int batch) {
    EpochOrder order = order(recipe, epoch);
    boolean mixes = recipe.chain().mixing().isPresent();
    return new Feed(recipe, order, epoch, new Range(from, to, batch, recipe.view().size(), mixes));
  }

  /**
   * Minibatches in the view's natural order, neither shuffled nor augmented, without targets;
   * labels may be -1. Pictures of another size than the input's are resized and cropped to it.
   *
   * @param from first position in the view
   * @param to after the last position
   * @param batch images in a minibatch; the last one may have fewer
   */
  public static Feed inOrder(
      View view, InputShape input, Normaliser normaliser, long from, long to, int batch) {
    return inOrder(view, input, normaliser, TestTimeForm.PLAIN, from, to, batch);
  }

  /**
   * The same with one form of each picture. Pictures of another size than the input's are resized
   * before, or by the form's own chain.
   */
  public static Feed inOrder(
      View view,
      InputShape input,
      Normaliser normaliser,
      TestTimeForm form,
      long from,
      long to,
      int batch) {
    return inOrder(view, input, normaliser, form, Feeding.PLAIN, from, to, batch);
  }

  /** The same of a training's validation view, with the training's shape, statistics and memory. */
  public static Feed validation(Recipe training, View view, long from, long to, int batch) {
    return inOrder(
        view,
        training.input(),
        training.normaliser(),
        TestTimeForm.PLAIN,
        training.feeding(),
        from,
        to,
        batch);
  }

  private static EpochOrder order(Recipe recipe, int epoch) {
    return EpochOrder.of(recipe.view(), recipe.shuffle(), recipe.seed(), epoch);
  }

  private static Feed inOrder(
      View view,
      InputShape input,
      Normaliser normaliser,
      TestTimeForm form,
      Feeding feeding,
      long from,
      long to,
      int batch) {
    Shuffle none = new Shuffle.None();
    Recipe recipe =
        new Recipe(
            view,
            input,
            normaliser,
            form.chain(),
            Levels.UNKNOWN,
            none,
            form.takesInput(),
            0,
            0,
            feeding);
    EpochOrder order = order(recipe, 0);
    return new Feed(recipe, order, 0, new Range(from, to, batch, view.size(), false));
  }

  /**
   * Frees the decoded pictures of a recipe that this process has cached; called when no epoch
   * follows.
   */
  public static void letGo(Recipe recipe) {
    Caches.of(recipe.feeding().limits())
        .pixels()
        .letGo(
            recipe.view().shards().stream().map(ShardEntry::checksum).collect(Collectors.toSet()));
  }

  @Override
  public boolean hasNext() {
    long start = System.nanoTime();
    try {
      if (ahead.isEmpty()) {
        ahead = begun.take();
        // Set before the wait, so that its buffers are given back also when it fails.
        ahead.orElseThrow().await();
        spent = spent.plus(ahead.get().spent());
        waited += System.nanoTime() - start;
      }
      ahead.get().await();
      return !ahead.get().isEnd();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public Minibatch next() {
    if (lent != Buffers.NONE) {
      free(lent);
      lent = Buffers.NONE;
    }
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    PendingMinibatch next = ahead.orElseThrow();
    ahead = Optional.empty();
    lent = next.buffers();
    return next.minibatch(recipe.input(), recipe.classes(), drawn);
  }

  @Override
  public FeedTimes times() {
    return FeedTimes.of(spent, waited);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    List<Buffers> spare = new ArrayList<>(free.close());
    boolean interrupted = threads.end();
    spare.add(lent);
    begun.close().forEach(left -> spare.add(left.buffers()));
    ahead.ifPresent(left -> spare.add(left.buffers()));
    spare.forEach(Buffers::giveBack);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void free(Buffers buffers) {
    try {
      free.put(buffers);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Cannot wait for a minibatch: interrupted", e);
  }
}
