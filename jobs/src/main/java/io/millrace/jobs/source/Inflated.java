package io.millrace.jobs.source;

import io.millrace.jobs.files.JobFiles;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Files unpacked from an archive, up to any damage.
 *
 * @param files in the archive's order
 * @param damage why there may be files that were not found; empty if there are none
 */
public record Inflated(List<Entry> files, String damage) {
  private static final int BUFFER_BYTES = 1 << 18;

  /**
   * One file.
   *
   * @param name without folders
   * @param cut why it ends early; empty if it is complete
   */
  public record Entry(URI file, String name, String cut) {}

  public static boolean isArchive(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".tar.gz") || lower.endsWith(".tgz") || lower.endsWith(".tar");
  }

  public static boolean isGzip(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".gz") || lower.endsWith(".tgz");
  }

  /** Unpacks a {@code .tar}, {@code .tar.gz} or {@code .gz} into a folder. */
  public static Inflated of(URI archive, URI folder) throws IOException {
    Path path = new Path(archive);
    String name = path.getName();
    try (InputStream raw = GivenFiles.open(path)) {
      if (!isGzip(name)) {
        return untar(raw, folder);
      }
      try (InputStream bytes = gunzip(raw)) {
        if (isArchive(name)) {
          return untar(bytes, folder);
        }
        String inner = name.substring(0, name.length() - ".gz".length());
        return new Inflated(List.of(copy(bytes, folder, inner)), "");
      } catch (NoGzip e) {
        return new Inflated(List.of(), "no gzip file, whatever its name says");
      }
    }
  }

  /** Inflates an archive without unpacking it. */
  public static Inflated gunzipped(URI archive, URI folder, String name) throws IOException {
    try (InputStream raw = GivenFiles.open(new Path(archive));
        InputStream bytes = gunzip(raw)) {
      Entry file = copy(bytes, folder, name);
      return new Inflated(List.of(file), file.cut());
    } catch (NoGzip e) {
      return new Inflated(List.of(), "no gzip file, whatever its name says");
    }
  }

  /** Bytes that are not gzip's. */
  static final class NoGzip extends IOException {
    private static final long serialVersionUID = 1L;

    NoGzip(IOException cause) {
      super(cause);
    }
  }

  static InputStream gunzip(InputStream raw) throws IOException {
    try {
      return new GZIPInputStream(new BufferedInputStream(raw, BUFFER_BYTES), BUFFER_BYTES);
    } catch (ZipException | EOFException e) {
      throw new NoGzip(e);
    }
  }

  private static Inflated untar(InputStream bytes, URI folder) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(bytes);
    List<Entry> files = new ArrayList<>();
    while (true) {
      TarArchiveEntry entry;
      try {
        entry = tar.getNextTarEntry();
      } catch (IOException damaged) {
        return new Inflated(files, reason(damaged));
      }
      if (entry == null) {
        return new Inflated(files, files.isEmpty() ? "the archive holds no file" : "");
      }
      if (entry.isFile()) {
        // Only the last part of the name, so that a path in an archive can't lead out of the
        // folder.
        Entry file = copy(tar, folder, new Path(entry.getName()).getName());
        files.add(file);
        if (!file.cut().isEmpty()) {
          return new Inflated(files, "");
        }
      }
    }
  }

  private static Entry copy(InputStream in, URI folder, String name) throws IOException {
    JobFiles files = JobFiles.in(folder);
    URI file = files.path(name).toUri();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out = files.create(name)) {
      while (true) {
        int read;
        try {
          read = in.read(buffer);
        } catch (IOException damaged) {
          return new Entry(file, name, reason(damaged));
        }
        if (read < 0) {
          return new Entry(file, name, "");
        }
        out.write(buffer, 0, read);
      }
    }
  }

  private static String reason(IOException damaged) {
    return damaged instanceof EOFException
            || String.valueOf(damaged.getMessage()).contains("runcated")
        ? "the compressed or archived file ends early"
        : "the compressed or archived file is damaged";
  }
}
