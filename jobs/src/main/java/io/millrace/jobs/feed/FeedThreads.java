package io.millrace.jobs.feed;

import io.millrace.jobs.feed.Lookup.Chunk;
import io.millrace.jobs.feed.PendingMinibatch.Slice;
import io.millrace.jobs.feed.SliceDispatcher.Range;
import io.millrace.jobs.natives.ThreadMemory;
import io.millrace.jobs.sampling.EpochOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The threads of one feed: one reads ahead, the others make minibatches. An error in any of them is
 * passed on in place of a minibatch.
 */
final class FeedThreads {
  private final ClosableQueue<Chunk> chunks = new ClosableQueue<>(1);
  private final ClosableQueue<PendingMinibatch> begun;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ended;

  /**
   * Starts the threads.
   *
   * @param free buffers to make minibatches in
   * @param begun receives every minibatch, in order, when it is begun
   */
  FeedThreads(
      Recipe recipe,
      EpochOrder order,
      int epoch,
      Range range,
      ClosableQueue<Buffers> free,
      ClosableQueue<PendingMinibatch> begun) {
    this.begun = begun;
    Lookup lookup = new Lookup(recipe, order, range.lookupFrom(), range.lookupTo());
    int makers = recipe.feeding().threadsHere();
    SliceDispatcher dispatcher = new SliceDispatcher(chunks, free, begun, range, makers);
    try {
      start("reader", () -> read(lookup));
      for (int i = 1; i <= makers; i++) {
        start("maker-" + i, () -> make(dispatcher, recipe, epoch));
      }
    } catch (Throwable e) {
      // Threads already started would wait for ever, since no caller has the feed to close it.
      free.close();
      end();
      throw e;
    }
  }

  /**
   * Waits until all threads have ended. The buffers' queue must be closed before, so that none
   * waits there.
   *
   * @return whether this thread was interrupted meanwhile; its interrupt flag is cleared
   */
  boolean end() {
    ended = true;
    chunks.close();
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
        open = chunks.put(lookup.next());
      }
    } catch (RuntimeException | Error | InterruptedException e) {
      tell(() -> chunks.put(Chunk.failed(e)));
    }
  }

  private void make(SliceDispatcher dispatcher, Recipe recipe, int epoch) {
    try {
      SliceWriter writer = new SliceWriter(recipe, epoch);
      for (Optional<Slice> slice = dispatcher.next();
          slice.isPresent() && !ended;
          slice = dispatcher.next()) {
        write(writer, slice.get());
      }
    } catch (RuntimeException | Error | InterruptedException e) {
      tell(() -> begun.put(PendingMinibatch.failed(Buffers.NONE, e)));
    } finally {
      ThreadMemory.giveBack();
    }
  }

  private static void write(SliceWriter writer, Slice slice) {
    try {
      writer.write(slice);
    } catch (RuntimeException | Error e) {
      slice.pending().fail(e);
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
