package io.millrace.jobs.source;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Reads what is needed to recognise the format of a file or folder, and keeps it. */
public final class PathProbe {
  private static final int HEAD_BYTES = 1 << 18;
  private static final int PACKED_FILES = 16;

  /** Enough for the first batch of CIFAR's archives. */
  private static final long PACKED_BYTES = 1L << 26;

  private final URI place;
  private final boolean folder;
  private final long length;
  private List<FolderEntry> entries;
  private List<Packed> packed;
  private byte[] head;

  private PathProbe(URI place, boolean folder, long length) {
    this.place = place;
    this.folder = folder;
    this.length = length;
  }

  /**
   * One of the first files in an archive.
   *
   * @param name with folders
   * @param head its first bytes
   */
  public record Packed(String name, long length, byte[] head) {}

  public static PathProbe at(URI place) throws IOException {
    FileStatus status = GivenFiles.status(new Path(place));
    return new PathProbe(place, status.isDirectory(), status.getLen());
  }

  /** Of an entry of a listed folder. */
  public static PathProbe at(FolderEntry entry) {
    return new PathProbe(entry.uri(), entry.isFolder(), entry.length());
  }

  public URI place() {
    return place;
  }

  public boolean isFolder() {
    return folder;
  }

  public String name() {
    return new Path(place).getName();
  }

  /** Bytes of the file; 0 of a folder. */
  public long length() {
    return length;
  }

  /** Whether this folder has something of that name. */
  public boolean has(String relative) throws IOException {
    Path path = new Path(new Path(place), relative);
    return JobFiles.fileSystem(path).exists(path);
  }

  /** The entries of the folder, by name; none of a file. */
  public List<FolderEntry> entries() throws IOException {
    if (entries == null) {
      entries = folder ? GivenFiles.entries(place) : List.of();
    }
    return entries;
  }

  /**
   * The file's first bytes, or the first bytes inside a {@code .gz}, as far as they can be read.
   */
  public byte[] head() throws IOException {
    if (head == null) {
      head = folder ? new byte[0] : readHead();
    }
    return head;
  }

  private byte[] readHead() throws IOException {
    try (InputStream raw = GivenFiles.open(new Path(place));
        InputStream bytes = Inflated.isGzip(name()) ? Inflated.gunzip(raw) : raw) {
      return first(bytes);
    } catch (Inflated.NoGzip e) {
      return new byte[0];
    }
  }

  /** The first files of a tar, compressed or not; none if it is not an archive. */
  public List<Packed> packed() throws IOException {
    if (packed == null) {
      packed = !folder && Inflated.isArchive(name()) ? readPacked() : List.of();
    }
    return packed;
  }

  private List<Packed> readPacked() throws IOException {
    try (InputStream raw = GivenFiles.open(new Path(place));
        InputStream bytes = Inflated.isGzip(name()) ? Inflated.gunzip(raw) : raw) {
      return unpacked(new TarArchiveInputStream(bytes));
    } catch (Inflated.NoGzip e) {
      return List.of();
    }
  }

  private static List<Packed> unpacked(TarArchiveInputStream tar) {
    List<Packed> found = new ArrayList<>();
    long passed = 0;
    try {
      while (found.size() < PACKED_FILES && passed < PACKED_BYTES) {
        TarArchiveEntry entry = tar.getNextTarEntry();
        if (entry == null) {
          break;
        }
        if (entry.isFile()) {
          found.add(new Packed(entry.getName(), entry.getSize(), first(tar)));
          passed += entry.getSize();
        }
      }
    } catch (IOException | RuntimeException damaged) {
      // Damage is reported when the archive is read; the files before it may be enough here.
      return found;
    }
    return found;
  }

  private static byte[] first(InputStream bytes) {
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    byte[] buffer = new byte[HEAD_BYTES];
    try {
      for (int read = 0; read >= 0 && first.size() < HEAD_BYTES; ) {
        first.write(buffer, 0, read);
        read = bytes.read(buffer, 0, HEAD_BYTES - first.size());
      }
    } catch (IOException damaged) {
      // The bytes before the damage.
      return first.toByteArray();
    }
    return first.toByteArray();
  }
}
