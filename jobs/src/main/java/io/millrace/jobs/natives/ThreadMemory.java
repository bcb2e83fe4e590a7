package io.millrace.jobs.natives;

import java.util.ArrayList;
import java.util.List;

/**
 * What a thread keeps outside the heap for its next piece of work, e.g. the buffers in which it
 * decodes and resizes images. A thread that ends frees it; otherwise the memory stays until the
 * garbage collector runs, which may be much later.
 */
public final class ThreadMemory {
  private static final ThreadLocal<List<Runnable>> CLOSERS =
      ThreadLocal.withInitial(ArrayList::new);

  private ThreadMemory() {}

  /** Frees this thread's memory; the thread may continue to work. */
  public static void giveBack() {
    List<Runnable> closers = CLOSERS.get();
    CLOSERS.remove();
    closers.forEach(Runnable::run);
  }

  /**
   * Registers a closer that is called when this thread frees its memory.
   *
   * @param closer frees the memory, and forgets it so that it is allocated again when it is needed
   */
  public static void closeLater(Runnable closer) {
    CLOSERS.get().add(closer);
  }
}
