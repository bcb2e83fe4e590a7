package io.millrace.jobs.source;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.IgnoredFiles.Kind;
import io.millrace.jobs.shard.Reject;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.OwnFolders;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what a source ignores or leaves out. Nothing is ignored without being counted, and no
 * pictures except those that the user leaves out.
 */
public final class PassedOver {
  private final URI root;
  private final LeaveOut leaveOut;
  private final Counted counted = new Counted();

  /** What was counted in each folder that was listed, by its path. */
  private final Map<String, Counted> listed = new LinkedHashMap<>();

  private final List<Reject> rejects = new ArrayList<>();

  /**
   * @param root of the source
   * @param leaveOut paths below it that the user does not want
   */
  public PassedOver(URI root, LeaveOut leaveOut) {
    this.root = root;
    this.leaveOut = leaveOut;
  }

  /**
   * The entries of a folder of the source, without files that operating systems leave behind,
   * results of Millrace and what the user leaves out; these are counted.
   *
   * @param path of the folder below the source's; empty for the source itself
   */
  public List<FolderEntry> entries(URI folder, String path) throws IOException {
    List<FolderEntry> kept = new ArrayList<>();
    Counted here = new Counted();
    listed.put(path, here);
    for (FolderEntry entry : GivenFiles.entries(folder)) {
      String id = below(path, entry.name());
      if (leaveOut.has(id)) {
        here.leftOut += files(entry);
      } else if (SystemFiles.is(entry.name(), entry.mayBeFolder())) {
        here.ignored.add(Kind.SYSTEM, id, files(entry));
      } else if (entry.isFolder() && OwnFolders.contain(entry.uri())) {
        here.ignored.add(Kind.MILLRACE, id, files(entry));
      } else {
        kept.add(entry);
      }
    }
    return kept;
  }

  /**
   * Forgets what was counted in a folder, because it becomes a part and its lister will count.
   *
   * @param path as it was given to {@link #entries}
   */
  public void forget(String path) {
    listed.remove(path);
  }

  /** Counts files that the format itself defines. */
  public void format(String example, long files) {
    counted.ignored.add(Kind.FORMAT, example, files);
  }

  /** Counts files of an archive that the user does not want. */
  public void leaveOut(long files) {
    counted.leftOut += files;
  }

  /** Counts a file of an archive that a system left behind. */
  public void system(String example) {
    counted.ignored.add(Kind.SYSTEM, example, 1);
  }

  /**
   * Counts an entry that the layout does not include; a single picture is a reject.
   *
   * @param path of it below the source
   * @param layout a description of what the layout includes
   * @throws ImagesBesideException if it is a folder with a picture in it
   */
  public void beside(FolderEntry entry, String path, String layout) throws IOException {
    if (!entry.isFolder() && ImageNames.is(entry.name())) {
      String why = entry.problem().isEmpty() ? "beside " + layout : entry.problem();
      rejects.add(new Reject(path, JobFiles.shown(entry.uri()), why, entry.length()));
      return;
    }
    if (entry.kind() == FolderEntry.Kind.OTHER) {
      rejects.add(new Reject(path, JobFiles.shown(entry.uri()), entry.problem(), 0));
      return;
    }
    if (hasPictures(entry, path)) {
      throw new ImagesBesideException(
          "read " + JobFiles.shown(root),
          "there are images in "
              + path
              + "/, which is beside "
              + layout
              + "; move it, or leave it out with "
              + LeaveOut.key(path),
          path);
    }
    if (!entry.problem().isEmpty()) {
      throw unreadable(entry, path);
    }
    counted.ignored.add(Kind.BESIDE, path, Math.max(1, files(entry)));
  }

  /** The error for a folder that can't be read, so that the number of its pictures is unknown. */
  public static CannotException unreadable(FolderEntry entry, String path) {
    return new CannotException(
        "read " + JobFiles.shown(entry.uri()),
        entry.problem()
            + ", so its contents are unknown; fix that, or leave it out with "
            + LeaveOut.key(path));
  }

  /** Whether a file is a picture by its name, or whether there is such a file in a folder. */
  public static boolean holdsPictures(FolderEntry entry) throws IOException {
    return holdsPictures(entry, entry.name(), LeaveOut.NOTHING);
  }

  /** The same without what the user leaves out. */
  public boolean hasPictures(FolderEntry entry, String path) throws IOException {
    return holdsPictures(entry, path, leaveOut);
  }

  private static boolean holdsPictures(FolderEntry entry, String path, LeaveOut leaveOut)
      throws IOException {
    if (!entry.isFolder()) {
      return ImageNames.is(entry.name());
    }
    try {
      new PictureFolder(entry.uri(), path, leaveOut)
          .visit(
              (id, file) -> {
                if (ImageNames.is(file.name())) {
                  throw new Found();
                }
              },
              new IgnoringSink());
      return false;
    } catch (Found found) {
      return true;
    }
  }

  private static long files(FolderEntry entry) {
    return entry.isFolder() ? PictureFolder.files(entry.uri()) : 1;
  }

  /** Pictures that the layout does not include. */
  public List<Reject> rejects() {
    return rejects;
  }

  /** The files that were ignored. */
  public IgnoredFiles ignored() {
    IgnoredFiles all = new IgnoredFiles();
    listed.values().forEach(each -> all.add(each.ignored));
    all.add(counted.ignored);
    return all;
  }

  /** Files below what the user leaves out. */
  public long leftOut() {
    return counted.leftOut + listed.values().stream().mapToLong(each -> each.leftOut).sum();
  }

  /** A path below another; empty for the source itself. */
  public static String below(String path, String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }

  private static final class Counted {
    private final IgnoredFiles ignored = new IgnoredFiles();
    private long leftOut;
  }

  /** Ends a search at the first picture. */
  private static final class Found extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
