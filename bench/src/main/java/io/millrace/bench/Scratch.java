package io.millrace.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A temporary folder that is removed however the program ends, except by kill -9. */
public final class Scratch implements AutoCloseable {
  private static final int TRIES = 20;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Path folder;
  private final Runnable removal;

  private Scratch(Path folder) {
    this.folder = folder;
    this.removal = () -> removeAtEnd(folder);
  }

  /** A new one. */
  public static Scratch create() throws IOException {
    Scratch scratch = new Scratch(Files.createTempDirectory("millrace-bench"));
    AtEnd.add(scratch.removal);
    return scratch;
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    remove(folder);
    AtEnd.remove(removal);
  }

  /** Threads that still run while the program ends may add or remove files in it. */
  private static void removeAtEnd(Path folder) {
    for (int i = 0; i < TRIES; i++) {
      try {
        remove(folder);
        return;
      } catch (UncheckedIOException again) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    System.err.println("Cannot remove " + folder + ": remove it by hand");
  }

  /** Removes a folder and all in it. */
  static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
