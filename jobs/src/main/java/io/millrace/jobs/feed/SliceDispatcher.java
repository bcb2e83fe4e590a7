package io.millrace.jobs.feed;

import io.millrace.jobs.feed.Lookup.Chunk;
import io.millrace.jobs.feed.PendingMinibatch.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Begins one minibatch after the other and gives their slices to the threads that ask. */
final class SliceDispatcher {
  /** Several, so that the end of a minibatch does not wait for one thread. */
  private static final int SLICES_PER_THREAD = 2;

  private static final int PAIR = 2;

  private final ClosableQueue<Chunk> chunks;
  private final ClosableQueue<Buffers> free;
  private final ClosableQueue<PendingMinibatch> begun;
  private final Range range;
  private final int sliceSize;
  private final List<PlacedPicture> window = new ArrayList<>();
  private long windowFrom;
  private long position;
  private long reading;
  private PendingMinibatch current = PendingMinibatch.end(Spent.NONE);
  private boolean ended;

  /**
   * @param chunks of pictures, from the range's first neighbour on
   * @param free buffers
   * @param begun receives every minibatch, in order, when it is begun
   * @param threads that take slices
   */
  SliceDispatcher(
      ClosableQueue<Chunk> chunks,
      ClosableQueue<Buffers> free,
      ClosableQueue<PendingMinibatch> begun,
      Range range,
      int threads) {
    this.chunks = chunks;
    this.free = free;
    this.begun = begun;
    this.range = range;
    this.position = range.from;
    this.windowFrom = range.lookupFrom();
    // With an even batch, pictures that are mixed with each other are in the same slice.
    int share = range.batch / (threads * SLICES_PER_THREAD);
    this.sliceSize = threads == 1 ? range.batch : Math.max(PAIR, share / PAIR * PAIR);
  }

  /** The next slice; empty when there is none left. */
  synchronized Optional<Slice> next() throws InterruptedException {
    while (current.isAssigned()) {
      if (ended || !begin()) {
        return Optional.empty();
      }
    }
    return Optional.of(current.nextSlice(sliceSize));
  }

  /** Begins the next minibatch; false if there is none. */
  private boolean begin() throws InterruptedException {
    if (position == range.to) {
      ended = true;
      begun.put(PendingMinibatch.end(new Spent(reading, 0, 0)));
      return false;
    }
    Optional<Buffers> buffers = free.take();
    if (buffers.isEmpty()) {
      ended = true;
      return false;
    }
    int size = (int) Math.min(range.batch, range.to - position);
    long until = range.neighbourAfter(position + size);
    Optional<Throwable> failure = have(until);
    if (failure.isPresent()) {
      ended = true;
      begun.put(PendingMinibatch.failed(buffers.get(), failure.get()));
      return false;
    }
    long from = range.neighbourBefore(position);
    window.subList(0, (int) (from - windowFrom)).clear();
    windowFrom = from;
    List<PlacedPicture> around = List.copyOf(window.subList(0, (int) (until - from)));
    current =
        new PendingMinibatch(
            buffers.get(), position, around, (int) (position - from), size, reading);
    reading = 0;
    position += size;
    begun.put(current);
    return true;
  }

  /** Waits for the pictures up to a position. */
  private Optional<Throwable> have(long until) throws InterruptedException {
    while (windowFrom + window.size() < until) {
      Optional<Chunk> chunk = chunks.take();
      if (chunk.isEmpty()) {
        return Optional.of(new IllegalStateException("the feed is closed"));
      }
      if (chunk.get().failure().isPresent()) {
        return chunk.get().failure();
      }
      window.addAll(chunk.get().found());
      reading += chunk.get().nanos();
    }
    return Optional.empty();
  }

  /**
   * Positions of an epoch, in minibatches.
   *
   * @param from first one
   * @param to after the last one
   * @param batch pictures in a minibatch
   * @param end of the epoch
   * @param mixes whether pictures are mixed: position 2k with 2k + 1
   */
  record Range(long from, long to, int batch, long end, boolean mixes) {
    Range {
      if (batch < 1 || from < 0 || to < from || to > end) {
        throw new IllegalArgumentException(
            "Cannot feed positions %d to %d of %d in minibatches of %d"
                .formatted(from, to, end, batch));
      }
    }

    long lookupFrom() {
      return neighbourBefore(from);
    }

    long lookupTo() {
      return neighbourAfter(to);
    }

    private long neighbourBefore(long position) {
      return mixes ? position & ~1L : position;
    }

    private long neighbourAfter(long position) {
      return mixes ? Math.min(end, position + (position & 1)) : position;
    }
  }
}
