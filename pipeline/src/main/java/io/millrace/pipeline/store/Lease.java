package io.millrace.pipeline.store;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A lock for storage without locks of an operating system. Each process that wants the folder has
 * its own file there, renewed by a heartbeat. A process first writes its file and then lists the
 * folder, so if there are two at once, at least one sees the other and withdraws. This needs no
 * exclusive creation, which S3 lacks, only listings that show what was written. Ages are
 * differences between the store's own times, so clocks need not agree.
 */
final class Lease implements FolderLock {
  static final String FOLDER = ".leases";

  private static final String SUFFIX = ".json";
  private static final int ATTEMPTS = 5;
  private static final String HOLDS = "holds";

  /**
   * @param beat how often a holder renews its file
   * @param expiry the age at which a file's process is taken for dead
   */
  record Times(Duration beat, Duration expiry) {
    static final Times DEFAULT = new Times(Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  private final Storage storage;
  private final URI file;
  private final String where;
  private final String name = UUID.randomUUID().toString();
  private final Holder holder = Holder.self();
  private final Times times;
  private final LeaseTime time;
  private final AtomicReference<Beat> lastBeat;
  private volatile boolean holds;
  private volatile boolean lost;
  private LeaseTime.Pulse pulse = () -> {};
  private long beats;

  /**
   * When a file was last renewed, by two clocks: one may be set, the other stops while the machine
   * sleeps.
   */
  private record Beat(long nanos, long millis) {
    static Beat now(LeaseTime time) {
      return new Beat(time.nanos(), time.millis());
    }

    boolean isOlderThan(Duration age, LeaseTime time) {
      return time.nanos() - nanos >= age.toNanos() || time.millis() - millis >= age.toMillis();
    }
  }

  private Lease(Storage storage, URI folder, String where, Times times, LeaseTime time)
      throws IOException {
    this.storage = storage;
    this.where = where;
    this.times = times;
    this.time = time;
    this.lastBeat = new AtomicReference<>(Beat.now(time));
    this.file = storage.child(folder, name + SUFFIX);
    write();
  }

  static Lease acquire(Storage storage, URI folder, String what) throws IOException {
    return acquire(storage, folder, what, Times.DEFAULT, LeaseTime.SYSTEM);
  }

  static Lease acquire(Storage storage, URI locked, String what, Times times, LeaseTime time)
      throws IOException {
    URI folder = storage.child(locked, FOLDER);
    storage.createFolder(folder);
    Rival rival = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Lease lease = new Lease(storage, folder, Places.text(locked), times, time);
      boolean acquired = false;
      try {
        rival = lease.firstLivingRival(folder).orElse(null);
        if (rival == null) {
          lease.hold();
          acquired = true;
          return lease;
        }
      } finally {
        if (!acquired) {
          lease.close();
        }
      }
      if (rival.holds()) {
        break;
      }
      // A random pause, so that two that withdrew do not collide again.
      time.pause(
          Duration.ofMillis(ThreadLocalRandom.current().nextLong(times.beat().toMillis() + 1)));
    }
    throw new CannotException(what, rival.holder().sentence());
  }

  private record Rival(Holder holder, boolean holds) {}

  /**
   * Another living process that holds or wants the folder. A process whose file does not change
   * until it has expired is dead, and its file is removed.
   */
  private Optional<Rival> firstLivingRival(URI folder) throws IOException {
    for (Storage.Seen other : others(folder)) {
      URI place = storage.child(folder, other.path());
      Optional<Rival> rival = rival(place);
      boolean dead = rival.isPresent() && rival.get().holder().isDead();
      if (!dead && stays(folder, other)) {
        rival = rival.isPresent() ? rival : wholeRival(place);
        if (rival.isPresent()) {
          return rival;
        }
      } else {
        storage.delete(place);
      }
    }
    return Optional.empty();
  }

  /**
   * The process of a file; empty if the file is gone or incomplete, since most stores show files
   * while they are written.
   */
  private Optional<Rival> rival(URI place) throws IOException {
    Optional<byte[]> text = storage.read(place);
    Optional<Holder> holder = text.flatMap(Holder::read);
    if (holder.isEmpty()) {
      return Optional.empty();
    }
    boolean holds = Boolean.TRUE.equals(JsonText.object(text.get()).get(HOLDS));
    return Optional.of(new Rival(holder.get(), holds));
  }

  /**
   * The process of a file that is being rewritten; empty if the file disappears or is never
   * complete.
   */
  private Optional<Rival> wholeRival(URI place) throws IOException {
    long deadline = time.nanos() + times.expiry().toNanos();
    Optional<Rival> rival = rival(place);
    while (rival.isEmpty() && storage.exists(place) && time.nanos() < deadline) {
      time.pause(times.beat().dividedBy(2));
      rival = rival(place);
    }
    return rival;
  }

  private List<Storage.Seen> others(URI folder) throws IOException {
    String own = file.getPath().substring(file.getPath().lastIndexOf('/') + 1);
    List<Storage.Seen> others = new ArrayList<>();
    for (Storage.Seen seen : storage.walk(folder, Optional.empty())) {
      if (!seen.path().equals(own) && seen.path().endsWith(SUFFIX)) {
        others.add(seen);
      }
    }
    return others;
  }

  /** Waits until the other's file is renewed (true), or is gone or expired (false). */
  private boolean stays(URI folder, Storage.Seen first) throws IOException {
    long deadline = time.nanos() + times.expiry().toNanos();
    while (time.nanos() < deadline) {
      time.pause(times.beat().dividedBy(2));
      write();
      Optional<Storage.Seen> now =
          others(folder).stream().filter(s -> s.path().equals(first.path())).findFirst();
      if (now.isEmpty()) {
        return false;
      }
      if (!now.get().mark().equals(first.mark())) {
        return true;
      }
    }
    return false;
  }

  private void hold() throws IOException {
    holds = true;
    write();
    pulse = time.every(times.beat(), this::beat);
  }

  private void beat() {
    try {
      Beat before = lastBeat.get();
      // If the file is gone, another process has taken this one for dead, and it must not be
      // written again.
      lost |= before.isOlderThan(times.expiry(), time) || !storage.exists(file);
      if (!lost) {
        write();
        // It may have been removed just before it was written.
        lost = before.isOlderThan(times.expiry(), time);
      }
      if (lost) {
        storage.delete(file);
      }
    } catch (IOException e) {
      // The store may answer again before the lease expires; ensureHeld checks that.
    }
  }

  private synchronized void write() throws IOException {
    Map<String, Object> json = new LinkedHashMap<>(JsonText.object(holder.json()));
    json.put(HOLDS, holds);
    // A store that detects versions by content must see a change.
    json.put("beat", beats++);
    storage.write(file, JsonText.pretty(json).getBytes(StandardCharsets.UTF_8));
    lastBeat.set(Beat.now(time));
  }

  /** Whether the file of a lease exists: its process is alive, or was not found dead yet. */
  static boolean exists(Storage storage, URI locked, String lease) throws IOException {
    return storage.exists(storage.child(storage.child(locked, FOLDER), lease + SUFFIX));
  }

  @Override
  public Optional<String> lease() {
    return Optional.of(name);
  }

  @Override
  public void ensureHeld() {
    boolean fresh = !lost && !lastBeat.get().isOlderThan(times.expiry(), time);
    try {
      if (fresh && storage.exists(file)) {
        return;
      }
    } catch (IOException e) {
      throw StorageFailure.cannot("continue in " + where, where, e);
    }
    throw new CannotException(
        "continue in " + where,
        "its lease expired at " + Instant.now() + " after a pause of the process; run again");
  }

  @Override
  public void close() {
    pulse.stop();
    try {
      storage.delete(file);
    } catch (IOException e) {
      // The lease expires by itself.
    }
  }
}
