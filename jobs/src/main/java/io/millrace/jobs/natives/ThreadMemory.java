package io.millrace.jobs.natives;

import java.util.ArrayList;
import java.util.List;

/**
 * What a thread keeps outside the heap for its next piece of work, e.g. the buffers in which it
 * decodes and resizes images. A thread that ends gives it back; else it stays until the garbage
 * collector runs, which it has little reason to.
 */
public final class ThreadMemory {
  private static final ThreadLocal<List<Runnable>> CLOSERS =
      ThreadLocal.withInitial(ArrayList::new);

  private ThreadMemory() {}

  /** Gives this thread's back; it may go on working all the same. */
  public static void giveBack() {
    List<Runnable> closers = CLOSERS.get();
    CLOSERS.remove();
    closers.forEach(Runnable::run);
  }

  /**
   * Asks for a call when this thread gives its memory back.
   *
   * @param closer frees the memory, and forgets it so that it is made again when it is needed
   */
  public static void closeLater(Runnable closer) {
    CLOSERS.get().add(closer);
  }
}
