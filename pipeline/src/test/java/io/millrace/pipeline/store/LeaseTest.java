package io.millrace.pipeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  private static final Lease.Times TIMES = Lease.Times.DEFAULT;
  private static final int THREADS = 6;

  @TempDir Path folder;
  private final MovedTime time = new MovedTime(1);
  private RawLocalFileSystem files;
  private Storage storage;
  private URI place;

  @BeforeEach
  void open() throws IOException {
    files = new RawLocalFileSystem();
    place = Places.ofLocal(folder);
    files.initialize(place, new Configuration(false));
    storage = new HadoopStorage(place, files);
  }

  @AfterEach
  void closeFiles() throws IOException {
    files.close();
  }

  private Lease acquire() throws IOException {
    return acquire(storage, time);
  }

  private Lease acquire(Storage storage, LeaseTime time) throws IOException {
    return Lease.acquire(storage, place, "run in x", TIMES, time);
  }

  private List<String> leases() throws IOException {
    return storage.children(storage.child(place, Lease.FOLDER)).stream()
        .filter(name -> !name.startsWith("."))
        .toList();
  }

  @Test
  void refusesSecondHolderUntilRelease() throws IOException {
    try (Lease lease = acquire()) {
      assertThatThrownBy(this::acquire)
          .isInstanceOf(CannotException.class)
          .hasMessageStartingWith(
              "Cannot run in x: process %d of user ", ProcessHandle.current().pid());
      lease.ensureHeld();
    }
    assertThat(leases()).isEmpty();
    acquire().close();
  }

  @Test
  void replacesHolderWithoutHeartbeat() throws IOException {
    Holder elsewhere = new Holder(1, "u", "another-host", Instant.now(), Optional.empty());
    URI dead = storage.child(storage.child(place, Lease.FOLDER), "dead.json");
    storage.write(dead, elsewhere.json());
    try (Lease lease = acquire()) {
      lease.ensureHeld();
      assertThat(storage.exists(dead)).isFalse();
    }
  }

  @Test
  void replacesDeadProcessOfThisHostAtOnce() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    Holder self = Holder.self();
    Holder dead = new Holder(process.pid(), "u", self.host(), Instant.now(), Optional.empty());
    storage.write(storage.child(storage.child(place, Lease.FOLDER), "dead.json"), dead.json());
    acquire().close();
    assertThat(time.nanos()).isZero();
  }

  @Test
  void holderNoticesThatItsLeaseFileIsGone() throws IOException {
    try (Lease lease = acquire()) {
      for (String name : leases()) {
        storage.delete(storage.child(storage.child(place, Lease.FOLDER), name));
      }
      assertThatThrownBy(lease::ensureHeld)
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("its lease expired");
    }
  }

  /** Local files of which something else happens while one is written, as on a slow network. */
  private static final class Slow extends RawLocalFileSystem {
    private Runnable meanwhile = () -> {};

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      Runnable now = meanwhile;
      meanwhile = () -> {};
      now.run();
      return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
    }
  }

  @Test
  void lateRenewalDoesNotRegainLease() throws IOException {
    try (Slow slow = new Slow()) {
      slow.initialize(place, new Configuration(false));
      List<Lease> next = new ArrayList<>();
      try (Lease late = acquire(new HadoopStorage(place, slow), time)) {
        slow.meanwhile =
            () -> {
              try {
                next.add(acquire());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            };
        time.pause(TIMES.expiry().multipliedBy(4));
        assertThat(next).hasSize(1);
        assertThat(leases()).containsExactly(next.get(0).lease().orElseThrow() + ".json");
        assertThatThrownBy(late::ensureHeld)
            .isInstanceOf(CannotException.class)
            .hasMessageContaining("its lease expired");
        next.get(0).ensureHeld();
      } finally {
        next.forEach(Lease::close);
      }
    }
  }

  @Test
  void doesNotReplaceHolderWhoseFileIsBeingWritten() throws IOException {
    URI half = storage.child(storage.child(place, Lease.FOLDER), "half.json");
    storage.write(half, new byte[0]);
    String self = new String(Holder.self().json(), UTF_8);
    AtomicInteger writes = new AtomicInteger();
    // Neither in step with the one that looks, nor whole each time that it looks.
    LeaseTime.Pulse writing =
        time.every(
            TIMES.beat().dividedBy(7),
            () -> {
              int write = writes.incrementAndGet();
              String text = self.replaceFirst("\\{", "{\"holds\": true, \"beat\": " + write + ",");
              try {
                storage.write(half, write % 2 == 0 ? new byte[0] : text.getBytes(UTF_8));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThatThrownBy(this::acquire)
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("has held it since");
    writing.stop();
    assertThat(leases()).containsExactly("half.json");
  }

  @Test
  void neverGrantsLeaseToTwoThreads() throws Exception {
    MovedTime shared = new MovedTime(THREADS);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger won = new AtomicInteger();
    Callable<Void> contender =
        () -> {
          try (Lease lease = acquire(storage, shared)) {
            lease.ensureHeld();
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            won.incrementAndGet();
            inside.decrementAndGet();
          } catch (CannotException refused) {
            assertThat(refused).hasMessageContaining("has held it since");
          }
          return null;
        };
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(
            pool.submit(
                () -> {
                  try {
                    contender.call();
                    return contender.call();
                  } finally {
                    shared.leaves();
                  }
                }));
      }
      for (Future<Void> each : all) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(most).hasValueLessThanOrEqualTo(1);
    assertThat(won).hasPositiveValue();
  }
}
