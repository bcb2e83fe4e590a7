package io.millrace.jobs.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * A bounded queue between threads. Either side can close it, which releases waiting threads. With
 * the JDK's queues that takes an interrupt, which would close files that other threads read.
 */
final class ClosableQueue<T> {
  private final int room;
  private final Queue<T> items = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param room how many items fit
   */
  ClosableQueue(int room) {
    this.room = room;
  }

  /**
   * Waits for room and puts an item in.
   *
   * @return false if it is closed; then the item still belongs to the caller
   */
  synchronized boolean put(T item) throws InterruptedException {
    while (items.size() == room && !closed) {
      wait();
    }
    if (!closed) {
      items.add(item);
      notifyAll();
    }
    return !closed;
  }

  /**
   * Waits for an item and takes it.
   *
   * @return empty once it is closed
   */
  synchronized Optional<T> take() throws InterruptedException {
    while (items.isEmpty() && !closed) {
      wait();
    }
    if (closed) {
      return Optional.empty();
    }
    T item = items.remove();
    notifyAll();
    return Optional.of(item);
  }

  /**
   * Closes the queue.
   *
   * @return what was still in it
   */
  synchronized List<T> close() {
    closed = true;
    notifyAll();
    List<T> left = new ArrayList<>(items);
    items.clear();
    return left;
  }
}
