package io.millrace.jobs.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
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
 * An entry of a folder. Local folders are not listed through Hadoop, which fails for the whole
 * folder if one name in it has a colon.
 *
 * @param name without folders
 * @param uri its URI
 * @param kind what it is
 * @param length in bytes; 0 unless it is a file
 * @param problem why it can't be read; empty if it can
 */
public record FolderEntry(String name, URI uri, Kind kind, long length, String problem) {
  /** Why a file with a colon in its name can't be read. */
  public static final String COLON = "a name with a colon, which Hadoop's file systems refuse";

  private static final char UNDECODABLE = '\uFFFD';

  /** The kind of an entry. */
  public enum Kind {
    FILE,
    FOLDER,
    /**
     * A folder that can't be listed, or something that may be a folder; its contents are unknown.
     */
    CLOSED,
    /** Neither a file nor a folder. */
    OTHER
  }

  /** Receives entries. */
  @FunctionalInterface
  public interface Visitor {
    /** The next one. */
    void entry(FolderEntry entry) throws IOException;
  }

  /** Whether it is a folder. */
  public boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  /** Whether it is a folder, or may be one that can't be listed. */
  public boolean mayBeFolder() {
    return kind == Kind.FOLDER || kind == Kind.CLOSED;
  }

  /** Visits the entries of a folder in the order of names. */
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
   * All entries of a folder, in the order of names. A million of them take some 200 MB, so use
   * {@link #visit} where there may be that many.
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
      throw new FileNotFoundException(folder + " is not a folder");
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort(null);
    for (String name : names) {
      visitor.entry(local(folder.resolve(name), name));
    }
  }

  private static FolderEntry local(Path path, String name) throws IOException {
    try {
      BasicFileAttributes seen = Files.readAttributes(path, BasicFileAttributes.class);
      if (seen.isDirectory()) {
        return folder(path, name);
      }
      if (name.indexOf(':') >= 0) {
        return other(path, name, Kind.OTHER, COLON);
      }
      return seen.isRegularFile()
          ? new FolderEntry(name, JobFiles.uri(path), Kind.FILE, seen.size(), "")
          : other(path, name, Kind.OTHER, "neither a file nor a folder");
    } catch (IOException e) {
      return unreadable(path, name, e);
    }
  }

  private static FolderEntry folder(Path path, String name) throws IOException {
    if (leadsUp(path)) {
      return other(path, name, Kind.OTHER, "a link to a folder above it");
    }
    if (name.indexOf(':') >= 0) {
      return other(
          path,
          name,
          Kind.CLOSED,
          "it is a folder with a colon in its name, which Hadoop's file systems refuse");
    }
    return Files.isReadable(path) && Files.isExecutable(path)
        ? new FolderEntry(name, JobFiles.uri(path), Kind.FOLDER, 0, "")
        : other(path, name, Kind.CLOSED, "it is a folder that is closed to this user");
  }

  /** An entry whose kind can't be read may be a folder, unless its name is like a file's. */
  private static FolderEntry unreadable(Path path, String name, IOException e) throws IOException {
    Kind kind = name.indexOf('.') > 0 ? Kind.OTHER : Kind.CLOSED;
    if (name.indexOf(UNDECODABLE) >= 0) {
      return other(path, name, kind, "a name that is not UTF-8");
    }
    if (Files.isSymbolicLink(path)) {
      return other(path, name, kind, "a link to nothing, or to what is closed to this user");
    }
    if (e instanceof NoSuchFileException) {
      // It existed when the folder was listed.
      throw new FileNotFoundException(path + " was removed while its folder was listed");
    }
    return other(path, name, kind, "it is closed to this user");
  }

  /** Whether it is a link to a folder that contains it, which would be visited without end. */
  private static boolean leadsUp(Path folder) throws IOException {
    return Files.isSymbolicLink(folder)
        && folder.toAbsolutePath().getParent().toRealPath().startsWith(folder.toRealPath());
  }

  private static FolderEntry other(Path path, String name, Kind kind, String problem) {
    return new FolderEntry(name, JobFiles.uri(path), kind, 0, problem);
  }
}
