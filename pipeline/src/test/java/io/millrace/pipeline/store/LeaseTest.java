package io.millrace.pipeline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private static final Lease.Times QUICK =
      new Lease.Times(Duration.ofMillis(40), Duration.ofMillis(600));

  @TempDir Path folder;
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
    return Lease.acquire(storage, place, "run in x", QUICK);
  }

  private List<String> leases() throws IOException {
    return storage.children(storage.child(place, Lease.FOLDER)).stream()
        .filter(name -> !name.startsWith("."))
        .toList();
  }

  @Test
  void theSecondLearnsWhoHoldsItUntilItIsGivenBack() throws IOException {
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
  void aHolderThatNoLongerBeatsIsReplaced() throws IOException {
    Holder elsewhere = new Holder(1, "u", "another-host", Instant.now(), Optional.empty());
    URI dead = storage.child(storage.child(place, Lease.FOLDER), "dead.json");
    storage.write(dead, elsewhere.json());
    try (Lease lease = acquire()) {
      lease.ensureHeld();
      assertThat(storage.exists(dead)).isFalse();
    }
  }

  @Test
  void aDeadProcessOfThisHostIsReplacedWithoutWaiting() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    Holder self = Holder.self();
    Holder dead = new Holder(process.pid(), "u", self.host(), Instant.now(), Optional.empty());
    storage.write(storage.child(storage.child(place, Lease.FOLDER), "dead.json"), dead.json());
    Lease.Times patient = new Lease.Times(Duration.ofMinutes(5), Duration.ofMinutes(30));
    Lease.acquire(storage, place, "run", patient).close();
  }

  @Test
  void aHolderWhoseFileWasTakenAwayFindsOut() throws IOException {
    try (Lease lease = acquire()) {
      for (String name : leases()) {
        storage.delete(storage.child(storage.child(place, Lease.FOLDER), name));
      }
      assertThatThrownBy(lease::ensureHeld)
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("its lease ran out");
    }
  }

  /** Local files whose writing can be held up, as a network does. */
  private static final class Slow extends RawLocalFileSystem {
    private final Semaphore open = new Semaphore(Integer.MAX_VALUE);

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      open.acquireUninterruptibly();
      open.release();
      return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
    }
  }

  @Test
  void aLeaseWhoseRenewalComesTooLateStaysLost() throws IOException {
    try (Slow slow = new Slow()) {
      slow.initialize(place, new Configuration(false));
      try (Lease late = Lease.acquire(new HadoopStorage(place, slow), place, "run in x", QUICK)) {
        slow.open.drainPermits();
        try (Lease next = acquire()) {
          slow.open.release(1);
          await().untilAsserted(() -> assertThat(leases()).hasSize(1));
          await().during(QUICK.expiry()).until(() -> leases().size() == 1);
          assertThatThrownBy(late::ensureHeld)
              .isInstanceOf(CannotException.class)
              .hasMessageContaining("its lease ran out");
          next.ensureHeld();
        }
      }
    }
  }

  @Test
  void aFileThatIsBeingWrittenIsNotTakenForADeadOnes() throws Exception {
    URI half = storage.child(storage.child(place, Lease.FOLDER), "half.json");
    storage.write(half, new byte[0]);
    String self = new String(Holder.self().json(), StandardCharsets.UTF_8);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<Void> written =
          writer.submit(
              () -> {
                // The one that wants in has written its own file, so it lists ours next.
                await().until(() -> leases().size() == 2);
                for (int beat = 0; !done.get(); beat++) {
                  storage.write(half, new byte[0]);
                  String text =
                      self.replaceFirst("\\{", "{\"holds\": true, \"beat\": " + beat + ",");
                  storage.write(half, text.getBytes(StandardCharsets.UTF_8));
                }
                return null;
              });
      assertThatThrownBy(this::acquire)
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("has held it since");
      done.set(true);
      written.get();
    } finally {
      writer.shutdownNow();
    }
    assertThat(leases()).containsExactly("half.json");
  }

  @Test
  void ofManyAtOnceNeverTwoHoldIt() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger won = new AtomicInteger();
    Callable<Void> contender =
        () -> {
          try (Lease lease = acquire()) {
            lease.ensureHeld();
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            won.incrementAndGet();
            inside.decrementAndGet();
          } catch (CannotException refused) {
            assertThat(refused).hasMessageContaining("has held it since");
          }
          return null;
        };
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        all.add(pool.submit(contender));
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
