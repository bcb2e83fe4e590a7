package io.millrace.jobs.feed;

import io.millrace.jobs.feed.Assembly.Slice;
import io.millrace.jobs.feed.Dealer.Range;
import io.millrace.jobs.feed.Lookup.Lot;
import io.millrace.jobs.image.ThreadMemory;
import io.millrace.jobs.order.EpochOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The threads of one feed: one that reads ahead, and those that make minibatches of what it reads.
 * What goes wrong in any of them is handed over in the place of a minibatch.
 */
final class FeedThreads {
  private final Handover<Lot> lots = new Handover<>(1);
  private final Handover<Assembly> begun;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ended;

  /**
   * Starts them.
   *
   * @param free buffers to make minibatches in
   * @param begun takes every minibatch, in order, when it is begun
   */
  FeedThreads(
      Recipe recipe,
      EpochOrder order,
      int epoch,
      Range range,
      Handover<Buffers> free,
      Handover<Assembly> begun) {
    this.begun = begun;
    Lookup lookup = new Lookup(recipe, order, range.lookupFrom(), range.lookupTo());
    int makers = recipe.feeding().threadsHere();
    Dealer dealer = new Dealer(lots, free, begun, range, makers);
    try {
      start("reader", () -> read(lookup));
      for (int i = 1; i <= makers; i++) {
        start("maker-" + i, () -> make(dealer, recipe, epoch));
      }
    } catch (Throwable e) {
      // Those that have started would wait for ever: nobody has the feed to close it.
      free.close();
      end();
      throw e;
    }
  }

  /**
   * Waits until all have ended; the buffers' handover must be closed before, so that none waits.
   *
   * @return whether this thread was interrupted meanwhile; its flag is down
   */
  boolean end() {
    ended = true;
    lots.close();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    return interrupted;
  }

  private void start(String name, Runnable work) {
    Thread thread = new Thread(work, "millrace-feed-" + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void read(Lookup lookup) {
    try {
      boolean open = true;
      while (open && lookup.hasNext()) {
        open = lots.put(lookup.next());
      }
    } catch (RuntimeException | Error | InterruptedException e) {
      tell(() -> lots.put(Lot.failed(e)));
    }
  }

  private void make(Dealer dealer, Recipe recipe, int epoch) {
    try {
      Painter painter = new Painter(recipe, epoch);
      for (Optional<Slice> slice = dealer.next();
          slice.isPresent() && !ended;
          slice = dealer.next()) {
        paint(painter, slice.get());
      }
    } catch (RuntimeException | Error | InterruptedException e) {
      tell(() -> begun.put(Assembly.failed(Buffers.NONE, e)));
    } finally {
      ThreadMemory.giveBack();
    }
  }

  private static void paint(Painter painter, Slice slice) {
    try {
      painter.paint(slice);
    } catch (RuntimeException | Error e) {
      slice.assembly().fail(e);
    }
  }

  private interface Telling {
    boolean tell() throws InterruptedException;
  }

  private static void tell(Telling telling) {
    try {
      telling.tell();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
