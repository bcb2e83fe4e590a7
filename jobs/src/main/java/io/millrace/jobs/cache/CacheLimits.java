package io.millrace.jobs.cache;

import java.io.Serializable;

/**
 * How much memory and disk the caches of a process may take.
 *
 * @param memory bytes of the heap for row groups as stored and for decoded pixels together; 0 = a
 *     quarter of the largest heap
 * @param disk bytes of local disk for copies of remote shards and for decoded pixels, each
 * @param folder the local folder for both; empty = Spark's own, which is removed when the
 *     application ends
 * @param pixels where decoded pixels are kept
 */
public record CacheLimits(long memory, long disk, String folder, Pixels pixels)
    implements Serializable {
  /** A quarter of the largest heap, and copies of up to 10 GB of remote shards. */
  public static final CacheLimits DEFAULT = new CacheLimits(0, 10_000_000_000L, "", Pixels.MEMORY);

  private static final int SHARE_OF_HEAP = 4;

  /** Where decoded pixels are kept. */
  public enum Pixels {
    /** Nowhere: they are decoded every time. */
    OFF,
    /** In up to half of the memory. */
    MEMORY,
    /** In memory, and on the disk what does not fit. */
    DISK
  }

  /** Bytes of the heap in this process. */
  public long memoryHere() {
    return memory > 0 ? memory : Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
  }
}
