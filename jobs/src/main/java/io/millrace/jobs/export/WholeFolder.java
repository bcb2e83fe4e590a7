package io.millrace.jobs.export;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** A new folder that appears under its name with everything in it, or not at all. */
final class WholeFolder {
  private final Path target;
  private final String what;

  /**
   * @param folder must not exist or must be empty
   * @throws CannotException if it is not empty
   */
  WholeFolder(Path folder) throws IOException {
    this.target = folder.toAbsolutePath().normalize();
    this.what = "export to " + folder;
    requireFree();
  }

  /** Fills a folder. */
  interface Filling<R> {
    R in(Path part) throws IOException;
  }

  /**
   * Fills the folder.
   *
   * @param filling is given another name of it, which goes when the work fails
   */
  <R> R filledBy(Filling<R> filling) throws IOException {
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      Files.createDirectories(part.getParent());
      Files.createDirectory(part);
    } catch (FileAlreadyExistsException e) {
      throw new CannotException(
          what,
          part + " exists: another export is running, or was killed; in that case remove it",
          e);
    }
    try {
      R result = filling.in(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return result;
    } finally {
      JobFiles.in(part.getParent().toUri()).delete(part.getFileName().toString());
    }
  }

  private void requireFree() throws IOException {
    if (Files.isDirectory(target)) {
      try (Stream<Path> entries = Files.list(target)) {
        if (entries.findAny().isEmpty()) {
          return;
        }
      }
      throw new CannotException(what, "the folder is not empty; choose another");
    }
    if (Files.exists(target)) {
      throw new CannotException(what, "it is a file; choose a folder");
    }
  }
}
