package io.millrace.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is still to be done when this program ends before its time, the newest first: a process ends
 * before the folder goes that it was started in. Java runs hooks of its own all at once.
 */
final class AtEnd {
  private static final Deque<Runnable> WORK = new ArrayDeque<>();
  private static boolean begun;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtEnd::begin));
  }

  private AtEnd() {}

  /** Notes work, which is done at once where the end has begun already. */
  static void add(Runnable work) {
    synchronized (WORK) {
      if (!begun) {
        WORK.push(work);
        return;
      }
    }
    work.run();
  }

  /** Forgets it: it is done. */
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
