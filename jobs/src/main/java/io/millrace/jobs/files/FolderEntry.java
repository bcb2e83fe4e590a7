package io.millrace.jobs.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;

/**
 * What stands in a folder. Local folders are not listed through Hadoop, which gives up on the whole
 * folder when one name in it has a colon.
 *
 * @param name without folders
 * @param uri of it
 * @param kind what it is
 * @param length in bytes; 0 unless it is a file
 * @param problem why it is neither file nor folder; empty if it is one
 */
public record FolderEntry(String name, URI uri, Kind kind, long length, String problem) {
  /** Why a name with a colon is neither a file nor a folder. */
  public static final String COLON = "a name with a colon, which Hadoop's file systems refuse";

  private static final char UNDECODABLE = '\uFFFD';

  /** What stands there. */
  public enum Kind {
    FILE,
    FOLDER,
    /** What can't be read as either. */
    OTHER
  }

  /** Takes entries. */
  @FunctionalInterface
  public interface Visitor {
    /** The next one. */
    void entry(FolderEntry entry) throws IOException;
  }

  /** Whether it is a folder. */
  public boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  /** Goes through a folder in the order of names. */
  public static void visit(URI folder, Visitor visitor) throws IOException {
    if ("file".equals(folder.getScheme())) {
      local(Path.of(folder), visitor);
      return;
    }
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder);
    FileStatus[] all = JobFiles.fileSystem(path).listStatus(path);
    Arrays.sort(all, Comparator.comparing(status -> status.getPath().getName()));
    for (FileStatus status : all) {
      visitor.entry(
          new FolderEntry(
              status.getPath().getName(),
              status.getPath().toUri(),
              status.isDirectory() ? Kind.FOLDER : Kind.FILE,
              status.isDirectory() ? 0 : status.getLen(),
              ""));
    }
  }

  /**
   * All entries of a folder, in the order of names. A million of them take some 200 MB: what may
   * hold that many is better visited.
   */
  public static List<FolderEntry> of(URI folder) throws IOException {
    List<FolderEntry> all = new ArrayList<>();
    visit(folder, all::add);
    return all;
  }

  private static void local(Path folder, Visitor visitor) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(path -> names.add(path.getFileName().toString()));
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new FileNotFoundException(folder + " is no folder");
    }
    names.sort(null);
    for (String name : names) {
      visitor.entry(local(folder.resolve(name), name));
    }
  }

  private static FolderEntry local(Path path, String name) {
    if (name.indexOf(':') >= 0) {
      return other(path, name, COLON);
    }
    try {
      BasicFileAttributes seen = Files.readAttributes(path, BasicFileAttributes.class);
      if (seen.isDirectory()) {
        if (leadsUp(path)) {
          return other(path, name, "a link to a folder above it");
        }
        return new FolderEntry(name, JobFiles.uri(path), Kind.FOLDER, 0, "");
      }
      return seen.isRegularFile()
          ? new FolderEntry(name, JobFiles.uri(path), Kind.FILE, seen.size(), "")
          : other(path, name, "neither a file nor a folder");
    } catch (IOException e) {
      return other(
          path,
          name,
          name.indexOf(UNDECODABLE) >= 0
              ? "a name that is no UTF-8"
              : "a link to nothing, or closed to this user");
    }
  }

  /** Whether to go into it is to come here again. */
  private static boolean leadsUp(Path folder) throws IOException {
    return Files.isSymbolicLink(folder)
        && folder.toAbsolutePath().getParent().toRealPath().startsWith(folder.toRealPath());
  }

  private static FolderEntry other(Path path, String name, String problem) {
    return new FolderEntry(name, JobFiles.uri(path), Kind.OTHER, 0, problem);
  }
}
