package io.millrace.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Work for an early end of this program, the newest first, so that a process is ended before the
 * folder that it was started in is removed. Java's own hooks would run all at once.
 */
final class AtEnd {
  private static final Deque<Runnable> WORK = new ArrayDeque<>();
  private static boolean begun;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtEnd::begin));
  }

  private AtEnd() {}

  /** Adds work; it is done at once if the end has begun already. */
  static void add(Runnable work) {
    synchronized (WORK) {
      if (!begun) {
        WORK.push(work);
        return;
      }
    }
    work.run();
  }

  /** Removes work that is done. */
  static void remove(Runnable work) {
    synchronized (WORK) {
      WORK.remove(work);
    }
  }

  private static void begin() {
    Deque<Runnable> all;
    synchronized (WORK) {
      begun = true;
      all = new ArrayDeque<>(WORK);
    }
    all.forEach(Runnable::run);
  }
}
