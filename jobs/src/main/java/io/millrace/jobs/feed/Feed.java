package io.millrace.jobs.feed;

import io.millrace.jobs.augment.Levels;
import io.millrace.jobs.augment.TestTimeForm;
import io.millrace.pipeline.CannotException;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Minibatches of a run of positions, made ahead of use on a thread of its own. Closing it, early
 * too, ends that thread. Not for use by several threads.
 */
public final class Feed implements AutoCloseable {
  /** One at work, one ready, one in the making. */
  private static final int BUFFERS = 3;

  private final Filler filler;
  private final BlockingQueue<Made> made = new ArrayBlockingQueue<>(BUFFERS + 1);
  private final BlockingQueue<Buffers> free = new ArrayBlockingQueue<>(BUFFERS + 1);
  private final Thread thread;
  private volatile boolean closed;
  private Made ahead;
  private Buffers lent = Buffers.NONE;
  private FeedTimes making = FeedTimes.NONE;
  private long waited;

  private Feed(Filler filler) {
    this.filler = filler;
    for (int i = 0; i < BUFFERS; i++) {
      free.add(filler.borrow());
    }
    thread = new Thread(this::makeAll, "millrace-feed");
    thread.setDaemon(true);
    thread.start();
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
    Order order = new Order(recipe.view(), recipe.shuffle(), recipe.seed(), epoch);
    return new Feed(new Filler(recipe, order, epoch, from, to, batch));
  }

  /**
   * Minibatches in the view's natural order, neither shuffled nor augmented, without targets;
   * labels may be -1. Pictures of another size than the input's are resized and cut to it.
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
   * The same of one form of each picture; pictures of another size than the input's are brought to
   * it before, or by the form's own chain.
   */
  public static Feed inOrder(
      View view,
      InputShape input,
      Normaliser normaliser,
      TestTimeForm form,
      long from,
      long to,
      int batch) {
    Shuffle none = new Shuffle.None();
    Recipe recipe =
        new Recipe(
            view, input, normaliser, form.chain(), Levels.UNKNOWN, none, form.takesInput(), 0, 0);
    Order order = new Order(view, none, 0, 0);
    return new Feed(new Filler(recipe, order, 0, from, to, batch));
  }

  /**
   * Whether {@link #next} has another minibatch; waits until that is known.
   *
   * @throws CannotException if a shard is missing or damaged, or a picture can't be used, naming it
   */
  public boolean hasNext() {
    if (ahead == null) {
      ahead = taken();
    }
    if (ahead.failure() instanceof RuntimeException e) {
      throw e;
    } else if (ahead.failure() instanceof Error e) {
      throw e;
    }
    return !ahead.isEnd();
  }

  /**
   * The next minibatch; the one before it is no longer valid.
   *
   * @throws NoSuchElementException at the end
   * @throws CannotException as {@link #hasNext}
   */
  public Minibatch next() {
    if (lent != Buffers.NONE) {
      free.add(lent);
      lent = Buffers.NONE;
    }
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Made next = ahead;
    ahead = null;
    lent = next.buffers();
    return next.batch();
  }

  /** What the minibatches up to the next one have cost, in part at the same time. */
  public FeedTimes times() {
    return new FeedTimes(
        making.read(), making.decode(), making.augment(), waited / FeedTimes.NANOS);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    // The thread may be waiting for a free buffer: one that is never filled wakes it.
    free.add(Buffers.NONE);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    lent.giveBack();
    free.forEach(Buffers::giveBack);
    made.forEach(left -> left.buffers().giveBack());
    if (ahead != null) {
      ahead.buffers().giveBack();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void makeAll() {
    Buffers buffers = Buffers.NONE;
    try {
      while (!closed && filler.hasNext()) {
        buffers = free.take();
        if (buffers == Buffers.NONE) {
          return;
        }
        made.add(new Made(buffers, filler.fill(buffers), filler.spent(), null));
        buffers = Buffers.NONE;
      }
      made.add(new Made(Buffers.NONE, null, filler.spent(), null));
    } catch (RuntimeException | Error | InterruptedException e) {
      made.add(new Made(buffers, null, filler.spent(), e));
    }
  }

  private Made taken() {
    long start = System.nanoTime();
    try {
      Made taken = made.take();
      making = taken.spent();
      waited += System.nanoTime() - start;
      return taken;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot wait for a minibatch: interrupted", e);
    }
  }

  /**
   * What the thread hands over.
   *
   * @param buffers of the minibatch
   * @param batch null at the end and after a failure
   * @param spent on all minibatches up to this one
   * @param failure null unless the thread has failed
   */
  private record Made(Buffers buffers, Minibatch batch, FeedTimes spent, Throwable failure) {
    boolean isEnd() {
      return batch == null && failure == null;
    }
  }
}
