package io.millrace.jobs.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GroupCacheTest {
  private static final int ROW_BYTES = 872;
  private static final int ROW_KEPT = 1000;

  private static final URI ROOT = URI.create("file:/none");
  private static final ShardEntry SHARD =
      new ShardEntry(
          "split=train/part-00000.parquet", Split.TRAIN, 4, 4, "none", List.of(1, 1, 1, 1));

  private long taken;
  private final List<Integer> read = Collections.synchronizedList(new ArrayList<>());

  @Test
  void rereadsOnlyEvictedGroups() {
    GroupCache cache = cache(2 * ROW_KEPT);
    cache.group(ROOT, SHARD, 0);
    cache.group(ROOT, SHARD, 1);
    cache.group(ROOT, SHARD, 0);
    cache.group(ROOT, SHARD, 2);
    cache.group(ROOT, SHARD, 0);
    cache.group(ROOT, SHARD, 1);
    assertThat(read).containsExactly(0, 1, 2, 1);
    assertThat(cache.bytes()).isEqualTo(2 * ROW_KEPT);
  }

  @Test
  void shrinksWhenOtherMemoryIsTaken() {
    GroupCache cache = cache(3 * ROW_KEPT);
    cache.group(ROOT, SHARD, 0);
    cache.group(ROOT, SHARD, 1);
    taken = 2 * ROW_KEPT;
    cache.group(ROOT, SHARD, 2);
    assertThat(cache.bytes()).isEqualTo(ROW_KEPT);
    cache.group(ROOT, SHARD, 1);
    assertThat(read).containsExactly(0, 1, 2, 1);
  }

  @Test
  void returnsGroupsTooLargeToKeep() {
    GroupCache cache = cache(ROW_KEPT - 1);
    assertThat(cache.group(ROOT, SHARD, 0)).hasSize(1);
    assertThat(cache.group(ROOT, SHARD, 0)).hasSize(1);
    assertThat(read).containsExactly(0, 0);
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void readsOnceForConcurrentCallers() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    GroupCache cache =
        new GroupCache(
            10 * ROW_KEPT,
            () -> 0,
            (root, shard, group) -> {
              read.add(group);
              await(asked);
              return rows();
            });
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Picture>>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(() -> cache.group(ROOT, SHARD, 3)));
      }
      asked.countDown();
      for (Future<List<Picture>> one : all) {
        assertThat(one.get()).hasSize(1);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(read).containsExactly(3);
  }

  @Test
  void retriesAfterFailure() {
    GroupCache cache =
        new GroupCache(
            ROW_KEPT,
            () -> 0,
            (root, shard, group) -> {
              read.add(group);
              if (read.size() == 1) {
                throw new IOException("connection reset");
              } else if (read.size() == 2) {
                throw new CannotException("read it", "it is damaged");
              }
              return rows();
            });
    assertThatThrownBy(() -> cache.group(ROOT, SHARD, 0))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("row group 0 of split=train/part-00000.parquet: connection reset");
    assertThatThrownBy(() -> cache.group(ROOT, SHARD, 0)).isInstanceOf(CannotException.class);
    assertThat(cache.group(ROOT, SHARD, 0)).hasSize(1);
  }

  private GroupCache cache(long bound) {
    return new GroupCache(
        bound,
        () -> taken,
        (root, shard, group) -> {
          read.add(group);
          return rows();
        });
  }

  private static List<Picture> rows() {
    return List.of(new Picture("a", 0, 1, 1, 1, Encoding.RAW, new byte[ROW_BYTES]));
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
