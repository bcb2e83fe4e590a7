package io.millrace.jobs.cache;

import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/**
 * The row groups that were read last, as stored, up to a bound in bytes, so that rounds need not
 * read the disk again. A row group larger than the bound is not kept. For use by several threads: a
 * row group that two threads ask for at once is read once.
 */
final class GroupCache {
  private static final int OVERHEAD = 128;

  private final long bound;
  private final LongSupplier taken;
  private final Reading reading;
  private final Map<Key, CompletableFuture<List<Picture>>> groups =
      new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Key, Long> sizes = new LinkedHashMap<>();
  private long bytes;

  /**
   * @param bound in bytes
   * @param taken bytes of the bound that something else has taken
   */
  GroupCache(long bound, LongSupplier taken, Reading reading) {
    this.bound = bound;
    this.taken = taken;
    this.reading = reading;
  }

  /**
   * The rows of a row group.
   *
   * @throws io.millrace.pipeline.CannotException if the shard is missing or damaged
   * @throws UncheckedIOException if it could not be read and may be readable later
   */
  List<Picture> group(URI dataset, ShardEntry shard, int group) {
    Key key = new Key(dataset, shard.path(), shard.checksum(), group);
    CompletableFuture<List<Picture>> mine = new CompletableFuture<>();
    CompletableFuture<List<Picture>> theirs;
    synchronized (groups) {
      theirs = groups.putIfAbsent(key, mine);
    }
    if (theirs == null) {
      read(key, shard, mine);
      theirs = mine;
    } else {
      synchronized (groups) {
        letGoBeyond(bound - taken.getAsLong(), key);
      }
    }
    try {
      return theirs.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Bytes kept now. */
  long bytes() {
    synchronized (groups) {
      return bytes;
    }
  }

  private void read(Key key, ShardEntry shard, CompletableFuture<List<Picture>> result) {
    try {
      List<Picture> rows = reading.rowGroup(key.root(), shard, key.group());
      keep(key, rows);
      result.complete(rows);
    } catch (IOException e) {
      forget(key);
      String what = "row group " + key.group() + " of " + key.path() + ": " + e.getMessage();
      result.completeExceptionally(new UncheckedIOException(what, e));
    } catch (RuntimeException | Error e) {
      forget(key);
      result.completeExceptionally(e);
    }
  }

  private void forget(Key key) {
    synchronized (groups) {
      groups.remove(key);
    }
  }

  private void keep(Key key, List<Picture> rows) {
    long size = rows.stream().mapToLong(row -> row.image().length + (long) OVERHEAD).sum();
    long bound = this.bound - taken.getAsLong();
    synchronized (groups) {
      if (size > bound) {
        groups.remove(key);
        return;
      }
      sizes.put(key, size);
      bytes += size;
      letGoBeyond(bound, key);
    }
  }

  /** Removes the oldest until the others are within the bound. */
  private void letGoBeyond(long bound, Key used) {
    if (bytes <= bound) {
      return;
    }
    Iterator<Key> oldestFirst = new ArrayList<>(groups.keySet()).iterator();
    while (bytes > bound && oldestFirst.hasNext()) {
      Key oldest = oldestFirst.next();
      // A row group that is still being read has no size yet; it is not removed.
      if (!oldest.equals(used) && sizes.containsKey(oldest)) {
        bytes -= sizes.remove(oldest);
        groups.remove(oldest);
      }
    }
  }

  /** Where a row group comes from when it is not kept. */
  @FunctionalInterface
  interface Reading {
    List<Picture> rowGroup(URI root, ShardEntry shard, int group) throws IOException;
  }

  private record Key(URI root, String path, String checksum, int group) {}
}
