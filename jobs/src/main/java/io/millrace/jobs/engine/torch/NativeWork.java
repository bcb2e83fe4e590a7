package io.millrace.jobs.engine.torch;

import io.millrace.jobs.natives.ProcessEnd;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Ends the work in libtorch before the process ends. At the end of a process its own clean-up runs
 * while other threads may still compute, and would end them by SIGSEGV, with a report of a crash
 * where there was none.
 */
final class NativeWork {
  private static final int LONGEST_WAIT_SECONDS = 30;
  private static final ReadWriteLock GATE = new ReentrantReadWriteLock();

  private NativeWork() {}

  /** To be called once, when the library is loaded. */
  static void endBeforeTheProcess() {
    ProcessEnd.withoutCleanUp();
    Runtime.getRuntime().addShutdownHook(new Thread(NativeWork::close, "end of libtorch's work"));
  }

  /** Waits for the work that goes on, and lets none begin. */
  private static void close() {
    try {
      // Never unlocked: threads that come later wait until the process is gone.
      GATE.writeLock().tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void begin() {
    GATE.readLock().lock();
  }

  static void end() {
    GATE.readLock().unlock();
  }
}
