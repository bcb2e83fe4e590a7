package io.millrace.jobs.cache;

import io.millrace.jobs.cache.CacheLimits.Pixels;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All caches of a process that have the same limits. For use by several threads.
 *
 * <p>Pixels are kept for pictures that must be decoded, in at most half of the memory; row groups
 * take the rest.
 */
public final class Caches {
  private static final Map<CacheLimits, Caches> OF_THIS_PROCESS = new ConcurrentHashMap<>();
  private static final int HALF = 2;

  private final PixelCache pixels;
  private final GroupCache groups;

  private Caches(CacheLimits limits) {
    long memory = limits.memoryHere();
    LocalFolder folder = new LocalFolder(limits.folder());
    ShardCopies copies = new ShardCopies(limits.disk(), folder);
    pixels =
        new PixelCache(
            limits.pixels() == Pixels.OFF ? 0 : memory / HALF,
            new PixelFile(limits.pixels() == Pixels.DISK ? limits.disk() : 0, folder));
    groups = new GroupCache(memory, pixels::bytes, copies::rowGroup);
  }

  /** The caches of this process with these limits. */
  public static Caches of(CacheLimits limits) {
    return OF_THIS_PROCESS.computeIfAbsent(limits, Caches::new);
  }

  /**
   * The rows of a row group, as stored.
   *
   * @param dataset the folder that the shard's path is relative to
   * @throws io.millrace.pipeline.CannotException if the shard is missing or damaged
   * @throws java.io.UncheckedIOException if it could not be read and may be readable later
   */
  public List<Picture> group(URI dataset, ShardEntry shard, int group) {
    return groups.group(dataset, shard, group);
  }

  /** Decoded pictures. */
  public PixelCache pixels() {
    return pixels;
  }
}
