package io.millrace.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The temporary folder of the tests: empty before them, and empty when all have ended. */
public final class TempFolder {
  private TempFolder() {}

  /**
   * Empties it, or looks whether it is empty.
   *
   * @param arguments {@code empty} or {@code check}, and the folder
   * @throws IllegalStateException if anything was left behind
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    if (arguments[0].equals("empty")) {
      empty(folder);
    } else if (Files.isDirectory(folder)) {
      List<String> left = children(folder).stream().map(it -> it.getFileName().toString()).toList();
      if (!left.isEmpty()) {
        throw new IllegalStateException("Tests left in " + folder + ": " + String.join(", ", left));
      }
    }
  }

  private static void empty(Path folder) throws IOException {
    delete(folder);
    Files.createDirectories(folder);
    // As /tmp: some tests start a process as another user.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  /** Deletes a folder and all in it, which may go by itself meanwhile. */
  static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      List<Path> paths;
      try (Stream<Path> all = Files.walk(folder)) {
        paths = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : paths) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }
}
