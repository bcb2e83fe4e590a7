package io.millrace.jobs.natives;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where JavaCPP unpacks native libraries, and the lock for the first of several JVMs to do so. */
final class NativeFolder {
  private static final Logger LOG = LoggerFactory.getLogger(NativeFolder.class);

  private static final byte[] BEGUN = {1};

  private NativeFolder() {}

  /**
   * The user's cache folder for natives: {@code $XDG_CACHE_HOME} or {@code ~/.cache}.
   *
   * @param home as Java gives it; not a path if the system has no entry for the user
   */
  static Path preferred(Map<String, String> environment, String home) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    String known = home.startsWith("/") ? home : environment.getOrDefault("HOME", "/");
    Path root = cache.isEmpty() ? Path.of(known, ".cache") : Path.of(cache);
    return root.resolve("millrace").resolve("natives");
  }

  /**
   * Loads with the folder locked against other JVMs: two that unpack one library at once both die
   * of SIGBUS. Where the preferred folder can't be written, the work is done in a new temporary
   * one, without a lock, since no other process uses it.
   *
   * @param loading is given the folder
   */
  static void locked(Path preferred, Loading loading) {
    try {
      Files.createDirectories(preferred);
      try (FileChannel channel =
              FileChannel.open(
                  preferred.resolve("load.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        LOG.debug("Loading natives from {} under {}", preferred, lock);
        loadMarked(preferred, channel, loading);
      }
    } catch (IOException e) {
      Path fresh = temporary(preferred);
      LOG.warn("Cannot keep native libraries in {} ({}): unpacking to {}", preferred, e, fresh);
      loading.from(fresh);
    }
  }

  /**
   * Loads while the lock's file holds a byte: where one is found, the last process was killed while
   * it loaded. JavaCPP itself sees that a library is half unpacked, but not before the system's
   * linker has taken it as part of another one, which ends the process with SIGBUS.
   */
  private static void loadMarked(Path folder, FileChannel lock, Loading loading)
      throws IOException {
    if (lock.size() > 0) {
      LOG.warn("A process was killed while it loaded native libraries: unpacking them again");
      forget(folder);
    }
    mark(lock, true);
    try {
      loading.from(folder);
    } finally {
      mark(lock, false);
    }
  }

  /** On a full disk what was unpacked before can be loaded all the same. */
  private static void mark(FileChannel lock, boolean loading) {
    try {
      lock.truncate(0);
      if (loading) {
        lock.write(ByteBuffer.wrap(BEGUN), 0);
      }
    } catch (IOException e) {
      LOG.warn("Cannot mark that native libraries are being loaded", e);
    }
  }

  /** Removes what JavaCPP unpacked, a folder for each jar. Who has loaded it keeps it. */
  private static void forget(Path folder) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : jars) {
        remove(jar);
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static Path temporary(Path preferred) {
    try {
      Path fresh = Files.createTempDirectory("millrace-natives");
      // Otherwise 440 MB would stay there unused.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(fresh)));
      return fresh;
    } catch (IOException e) {
      throw new CannotException(
          "unpack native libraries",
          "neither "
              + preferred
              + " nor "
              + System.getProperty("java.io.tmpdir")
              + " can be written; set XDG_CACHE_HOME to a folder that can",
          e);
    }
  }

  private static void delete(Path folder) {
    try {
      remove(folder);
    } catch (IOException e) {
      LOG.warn("Cannot delete {}: delete it by hand", folder, e);
    }
  }

  /** The work under the lock. */
  interface Loading {
    void from(Path folder);
  }
}
