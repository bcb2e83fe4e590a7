package io.millrace.jobs.image;

/**
 * What decoding and resizing keep outside the heap for the next picture of the same thread. A
 * thread that ends gives it back; else it stays until the garbage collector runs, which it has
 * little reason to.
 */
public final class ThreadMemory {
  private static final ThreadLocal<Runnable> CLOSERS = new ThreadLocal<>();

  private ThreadMemory() {}

  /** Gives this thread's back; it may go on decoding all the same. */
  public static void giveBack() {
    Runnable closer = CLOSERS.get();
    CLOSERS.remove();
    if (closer != null) {
      closer.run();
    }
  }

  static void closeLater(Runnable closer) {
    CLOSERS.set(closer);
  }
}
