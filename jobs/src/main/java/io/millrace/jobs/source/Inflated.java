package io.millrace.jobs.source;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
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
 * Files unpacked from an archive, as far as that went.
 *
 * @param files in the archive's order
 */
record Inflated(List<Entry> files) {
  private static final int BUFFER_BYTES = 1 << 18;

  /**
   * One file.
   *
   * @param name without folders
   * @param cut why it ends before its time; empty if it is whole
   */
  record Entry(URI file, String name, String cut) {}

  static boolean isArchive(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".tar.gz") || lower.endsWith(".tgz") || lower.endsWith(".tar");
  }

  static boolean isGzip(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /** Unpacks a {@code .tar}, {@code .tar.gz} or {@code .gz} into a folder. */
  static Inflated of(URI archive, URI folder) throws IOException {
    Path path = new Path(archive);
    List<Entry> files = new ArrayList<>();
    try (InputStream raw = GivenFiles.open(path);
        InputStream bytes = isGzip(path.getName()) ? gunzip(path, raw) : raw) {
      if (isArchive(path.getName())) {
        untar(bytes, folder, files);
      } else {
        String name = path.getName().substring(0, path.getName().length() - ".gz".length());
        files.add(copy(bytes, folder, name));
      }
    }
    return new Inflated(files);
  }

  private static InputStream gunzip(Path path, InputStream raw) throws IOException {
    try {
      return new GZIPInputStream(new BufferedInputStream(raw, BUFFER_BYTES), BUFFER_BYTES);
    } catch (ZipException | EOFException e) {
      throw new CannotException(
          "read " + JobFiles.shown(path.toUri()),
          "it is no gzip file, whatever its name says; give the file as it was downloaded",
          e);
    }
  }

  private static void untar(InputStream bytes, URI folder, List<Entry> files) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(bytes);
    try {
      for (TarArchiveEntry e = tar.getNextTarEntry(); e != null; e = tar.getNextTarEntry()) {
        if (!e.isFile()) {
          continue;
        }
        // The name alone: a path in a foreign archive must not lead out of the folder.
        String name = new Path(e.getName()).getName();
        Entry file = copy(tar, folder, name);
        files.add(file);
        if (!file.cut().isEmpty()) {
          return;
        }
      }
    } catch (IOException damaged) {
      files.add(new Entry(folder, "", reason(damaged)));
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
        ? "the compressed file ends early"
        : "the compressed file is damaged";
  }
}
