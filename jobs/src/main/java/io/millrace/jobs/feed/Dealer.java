package io.millrace.jobs.feed;

import io.millrace.jobs.feed.Assembly.Slice;
import io.millrace.jobs.feed.Lookup.Lot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Begins one minibatch after the other and deals out their slices to the threads that ask. */
final class Dealer {
  /** So that the last slices of a minibatch do not wait for one thread. */
  private static final int SLICES_PER_THREAD = 2;

  private static final int PAIR = 2;

  private final Handover<Lot> lots;
  private final Handover<Buffers> free;
  private final Handover<Assembly> begun;
  private final Range range;
  private final int sliceSize;
  private final List<Found> window = new ArrayList<>();
  private long windowFrom;
  private long position;
  private long reading;
  private Assembly current = Assembly.end(Spent.NONE);
  private boolean ended;

  /**
   * @param lots of pictures, from the range's first neighbour on
   * @param free buffers
   * @param begun takes every minibatch, in order, when it is begun
   * @param threads that will ask
   */
  Dealer(
      Handover<Lot> lots,
      Handover<Buffers> free,
      Handover<Assembly> begun,
      Range range,
      int threads) {
    this.lots = lots;
    this.free = free;
    this.begun = begun;
    this.range = range;
    this.position = range.from;
    this.windowFrom = range.lookupFrom();
    // Pairs of pictures that are mixed with each other stay together where the batch is even.
    int share = range.batch / (threads * SLICES_PER_THREAD);
    this.sliceSize = threads == 1 ? range.batch : Math.max(PAIR, share / PAIR * PAIR);
  }

  /** The next slice; empty when there is none any more. */
  synchronized Optional<Slice> next() throws InterruptedException {
    while (current.isDealt()) {
      if (ended || !begin()) {
        return Optional.empty();
      }
    }
    return Optional.of(current.deal(sliceSize));
  }

  /** Whether another minibatch was begun. */
  private boolean begin() throws InterruptedException {
    if (position == range.to) {
      ended = true;
      begun.put(Assembly.end(new Spent(reading, 0, 0)));
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
      begun.put(Assembly.failed(buffers.get(), failure.get()));
      return false;
    }
    long from = range.neighbourBefore(position);
    window.subList(0, (int) (from - windowFrom)).clear();
    windowFrom = from;
    List<Found> around = List.copyOf(window.subList(0, (int) (until - from)));
    current = new Assembly(buffers.get(), position, around, (int) (position - from), size, reading);
    reading = 0;
    position += size;
    begun.put(current);
    return true;
  }

  /** Waits for the pictures up to a position. */
  private Optional<Throwable> have(long until) throws InterruptedException {
    while (windowFrom + window.size() < until) {
      Optional<Lot> lot = lots.take();
      if (lot.isEmpty()) {
        return Optional.of(new IllegalStateException("the feed is closed"));
      }
      if (lot.get().failure().isPresent()) {
        return lot.get().failure();
      }
      window.addAll(lot.get().found());
      reading += lot.get().nanos();
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
