package io.millrace.jobs.source;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Files and folders of a source that the user does not want.
 *
 * @param paths below the source, without a slash at either end
 */
public record LeaveOut(List<String> paths) implements Serializable {
  /** What the key {@code leave-out} means. */
  public static final String KEY =
      "files and folders of the source to leave out, by their paths in it, e.g. [extra]";

  /** Nothing. */
  public static final LeaveOut NOTHING = new LeaveOut(List.of());

  /** Takes slashes off the ends. */
  public LeaveOut {
    paths = paths.stream().map(path -> path.replaceAll("^(\\./)?/*|/+$", "")).toList();
  }

  /** Whether a path is one of them. */
  public boolean has(String path) {
    return paths.contains(path);
  }

  /**
   * Holds them against what there is: a path that is misspelt leaves nothing out.
   *
   * @param roots the folders of the source
   * @throws CannotException if one is in none of them
   */
  public void requireThere(List<URI> roots) throws IOException {
    for (String path : paths) {
      boolean there = false;
      for (URI root : roots) {
        there |= isThere(root, path);
      }
      if (!there) {
        throw new CannotException(
            "leave out '" + path + "'",
            "there is no such file or folder in "
                + roots.stream().map(JobFiles::shown).collect(Collectors.joining(", "))
                + "; source.leave-out takes paths below it");
      }
    }
  }

  private static boolean isThere(URI root, String path) throws IOException {
    if (path.isEmpty()) {
      return false;
    }
    // Hadoop refuses a colon, which may be the very reason to leave something out.
    return "file".equals(root.getScheme())
        ? Files.exists(Path.of(root).resolve(path), LinkOption.NOFOLLOW_LINKS)
        : JobFiles.fileSystem(new org.apache.hadoop.fs.Path(root))
            .exists(new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(root), path));
  }
}
