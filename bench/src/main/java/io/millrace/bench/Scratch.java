package io.millrace.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder that is removed however the program ends, short of a kill -9. */
public final class Scratch implements AutoCloseable {
  private final Path folder;
  private final Thread hook;

  private Scratch(Path folder) {
    this.folder = folder;
    this.hook = new Thread(() -> remove(folder));
  }

  /** A new one. */
  public static Scratch create() throws IOException {
    Scratch scratch = new Scratch(Files.createTempDirectory("millrace-bench"));
    Runtime.getRuntime().addShutdownHook(scratch.hook);
    return scratch;
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    remove(folder);
    Runtime.getRuntime().removeShutdownHook(hook);
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
