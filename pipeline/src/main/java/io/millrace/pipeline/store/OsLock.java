package io.millrace.pipeline.store;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A file lock of the operating system, which ends with its process. The holder is in a second file:
 * opening and closing the locked file, even to read it, would release this process's own lock.
 */
final class OsLock implements FolderLock {
  private static final String LOCK = ".lock";
  private static final String HOLDER = ".lock-holder.json";

  /** The locks of this JVM, which the operating system would grant twice. */
  private static final Map<Path, Holder> HELD_HERE = new ConcurrentHashMap<>();

  /** How long to wait for the name of a new holder. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private OsLock(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  static OsLock acquire(Path anyPath, String what) throws IOException {
    Files.createDirectories(anyPath);
    Path folder = anyPath.toRealPath();
    Holder self = Holder.self();
    Holder other = HELD_HERE.putIfAbsent(folder, self);
    if (other != null) {
      throw new CannotException(what, other.sentence());
    }
    OsLock lock = null;
    try {
      lock = take(folder, what);
      new LocalStorage().write(Places.ofLocal(folder.resolve(HOLDER)), self.json());
      return lock;
    } catch (IOException | RuntimeException e) {
      if (lock != null) {
        lock.close();
      }
      HELD_HERE.remove(folder);
      throw e;
    }
  }

  private static OsLock take(Path folder, String what) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<OsLock> lock = tryOnce(folder);
      if (lock.isPresent()) {
        return lock.get();
      }
      Optional<Holder> holder = holder(folder);
      // A dead holder in the file means that a new one is about to write its name.
      boolean named = holder.isPresent() && !holder.get().isDead();
      if (named || System.nanoTime() > deadline) {
        String who =
            named ? holder.get().sentence() : "another process holds it; wait until it ends";
        throw new CannotException(what, who);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static Optional<OsLock> tryOnce(Path folder) throws IOException {
    // The last holder may have removed the folder, and a new one made it again.
    Files.createDirectories(folder);
    Path file = folder.resolve(LOCK);
    FileChannel channel = null;
    try {
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
      Object opened = key(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      // Only a lock on the file at this path keeps others out.
      if (lock != null && opened.equals(key(file))) {
        OsLock held = new OsLock(folder, channel, lock);
        channel = null;
        return Optional.of(held);
      }
      return Optional.empty();
    } catch (NoSuchFileException | FileAlreadyExistsException overtaken) {
      return Optional.empty();
    } finally {
      if (channel != null) {
        channel.close();
      }
    }
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static Optional<Holder> holder(Path folder) throws IOException {
    return new LocalStorage().read(Places.ofLocal(folder.resolve(HOLDER))).flatMap(Holder::read);
  }

  @Override
  public void ensureHeld() {
    if (!lock.isValid()) {
      throw new CannotException("continue in " + folder, "its lock was lost; run again");
    }
  }

  @Override
  public Optional<String> lease() {
    return Optional.empty();
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(folder.resolve(HOLDER));
      lock.release();
    } catch (IOException e) {
      // The operating system frees the lock at the latest when this process ends.
    } finally {
      HELD_HERE.remove(folder);
    }
  }
}
