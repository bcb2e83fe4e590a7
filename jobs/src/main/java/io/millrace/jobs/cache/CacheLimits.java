package io.millrace.jobs.cache;

import java.io.Serializable;

/**
 * What caches of a process may take.
 *
 * @param memory bytes of the heap for row groups as stored and for decoded pixels together; 0 = a
 *     quarter of the largest heap
 * @param disk bytes of local disk for copies of remote shards and for decoded pixels, each
 * @param folder the local folder for both; empty = Spark's own, which goes with the application
 * @param pixelsOnDisk whether decoded pixels go to the disk when the memory is full
 */
public record CacheLimits(long memory, long disk, String folder, boolean pixelsOnDisk)
    implements Serializable {
  /** A quarter of the largest heap, and copies of up to 10 GB of remote shards. */
  public static final CacheLimits DEFAULT = new CacheLimits(0, 10_000_000_000L, "", false);

  private static final int SHARE_OF_HEAP = 4;

  /** Bytes of the heap, known. */
  public long memoryHere() {
    return memory > 0 ? memory : Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
  }
}
