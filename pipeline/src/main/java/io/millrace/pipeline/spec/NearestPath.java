package io.millrace.pipeline.spec;

import io.millrace.pipeline.store.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the path that a user who mistyped it probably meant. */
public final class NearestPath {
  /** The most names read in a folder, since the answer must come at once. */
  private static final int MOST_NAMES = 20_000;

  private NearestPath() {}

  /**
   * {@code "; did you mean 'data/cifar10.tar.gz'?"}, or nothing if there is no path like it.
   *
   * @param written a local path that does not exist, as it was written
   */
  public static String hint(String written) {
    try {
      return near(Path.of(Places.fromHome(written)))
          .map(path -> "; did you mean '" + path + "'?")
          .orElse("");
    } catch (InvalidPathException e) {
      return "";
    }
  }

  /** The path with every missing name replaced by the nearest existing one. */
  private static Optional<Path> near(Path path) {
    Path name = path.getFileName();
    if (Files.exists(path) || name == null) {
      return Optional.of(path);
    }
    Path folder = path.getParent();
    if (folder == null) {
      return nearestIn(Path.of(""), name).map(Path::of);
    }
    return near(folder)
        .flatMap(
            there ->
                Files.exists(there.resolve(name))
                    ? Optional.of(there.resolve(name))
                    : nearestIn(there, name).map(there::resolve));
  }

  private static Optional<String> nearestIn(Path folder, Path name) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files.limit(MOST_NAMES).map(file -> file.getFileName().toString()).toList();
      return Nearest.of(name.toString(), names);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
