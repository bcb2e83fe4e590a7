package io.millrace.jobs.source;

import com.typesafe.config.ConfigUtil;
import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
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

  /** Leaves nothing out. */
  public static final LeaveOut NOTHING = new LeaveOut(List.of());

  /** Removes slashes at the ends and single dots from the paths. */
  public LeaveOut {
    paths = paths.stream().map(LeaveOut::plain).toList();
  }

  private static String plain(String path) {
    return Arrays.stream(path.split("/", -1))
        .filter(step -> !step.isEmpty() && !step.equals("."))
        .collect(Collectors.joining("/"));
  }

  /**
   * Checks the paths without looking at files.
   *
   * @throws IllegalArgumentException if a path leads out of the source
   */
  public static void check(List<String> paths) {
    for (String path : paths) {
      if (Arrays.asList(path.split("/", -1)).contains("..") || plain(path).isEmpty()) {
        throw new IllegalArgumentException(
            "leave-out has '" + path + "', expected a path below the source, without ..");
      }
    }
  }

  /** The key that leaves a path out, as a pipeline file has it. */
  public static String key(String path) {
    boolean plain = path.matches("[\\w.-]+(/[\\w.-]+)*");
    return "source.leave-out = [" + (plain ? path : ConfigUtil.quoteString(path)) + "]";
  }

  /** Whether a path is one of them. */
  public boolean has(String path) {
    return paths.contains(path);
  }

  /** Whether a path is one of them, or below one: for archives, which have no folders to skip. */
  public boolean hasIn(String path) {
    return paths.stream().anyMatch(left -> path.equals(left) || path.startsWith(left + "/"));
  }

  /**
   * Checks that each path occurs in an archive.
   *
   * @param files in it
   * @throws CannotException if a path names none of them
   */
  public void requireAmong(Collection<String> files, URI archive) {
    for (String path : paths) {
      if (files.stream().noneMatch(file -> file.equals(path) || file.startsWith(path + "/"))) {
        throw notThere(path, JobFiles.shown(archive));
      }
    }
  }

  /**
   * Checks that each path exists, since a misspelt one would leave nothing out.
   *
   * @param roots the folders of the source
   * @throws CannotException if a path is in none of them
   */
  public void requireThere(List<URI> roots) throws IOException {
    for (String path : paths) {
      boolean there = false;
      for (URI root : roots) {
        there |= isThere(root, path);
      }
      if (!there) {
        throw notThere(path, roots.stream().map(JobFiles::shown).collect(Collectors.joining(", ")));
      }
    }
  }

  private static CannotException notThere(String path, String where) {
    return new CannotException(
        "leave out '" + path + "'",
        "there is no such file or folder in " + where + "; source.leave-out takes paths below it");
  }

  private static boolean isThere(URI root, String path) throws IOException {
    // Hadoop refuses a colon, which may be the very reason to leave something out.
    return "file".equals(root.getScheme())
        ? Files.exists(Path.of(root).resolve(path), LinkOption.NOFOLLOW_LINKS)
        : JobFiles.fileSystem(new org.apache.hadoop.fs.Path(root))
            .exists(new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(root), path));
  }
}
