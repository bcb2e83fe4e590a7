package io.millrace.jobs.container;

import io.millrace.jobs.files.ReadAt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The regular files in a tar archive (ustar, GNU's or pax) in a range of a file, which may be an
 * entry of another archive. Commons Compress reads names and sizes, but only of entries that {@link
 * TarHeaders} has checked.
 */
public final class TarIndex {
  private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;
  private static final byte CONTIGUOUS = TarConstants.LF_CONTIG;
  // Twice what may precede an entry, and as much for the map of a sparse one.
  private static final long READ_PER_ENTRY = 4L << 20;

  private final TarRange range;
  private final TarHeaders headers;
  private final Visitor visitor;
  private TarArchiveInputStream tar;
  private long next;

  /** Receives what a scan finds, in the archive's order. */
  public interface Visitor {
    /**
     * A regular file.
     *
     * @param name as in the archive, with folders, not to be trusted as a path
     * @param offset of its bytes in the file that was scanned
     */
    void file(String name, long offset, long length) throws IOException;

    /**
     * Files after this place may be missing.
     *
     * @param reason one of a few fixed texts
     * @param bytes skipped
     */
    void damaged(String reason, long bytes);
  }

  private TarIndex(TarRange range, long from, Visitor visitor) {
    this.range = range;
    this.headers = new TarHeaders(range);
    this.visitor = visitor;
    this.next = from;
    this.tar = reader();
  }

  /**
   * Scans an archive; only its headers are read.
   *
   * @param from first byte of the archive in the file
   * @param length bytes of it
   */
  public static void scan(ReadAt file, long from, long length, Visitor visitor) throws IOException {
    Objects.checkFromIndexSize(from, length, file.length());
    new TarIndex(new TarRange(file, from, length), from, visitor).run();
  }

  private TarArchiveInputStream reader() {
    // Lenient: a file is read even if its owner or date makes no sense.
    return new TarArchiveInputStream(
        range, TarConstants.DEFAULT_BLKSIZE, RECORD, StandardCharsets.UTF_8.name(), true);
  }

  private void run() throws IOException {
    try {
      while (!headers.endAt(next)) {
        entry();
      }
    } catch (DamagedException damaged) {
      visitor.damaged(damaged.getMessage(), Math.max(0, range.end() - next));
    }
  }

  private void entry() throws IOException {
    long afterHeader = headers.through(next);
    TarArchiveEntry entry = parsed();
    if (entry.isSparse()) {
      sparse(entry, entry.isOldGNUSparse() ? range.position() : afterHeader);
      return;
    }
    if (range.position() != afterHeader) {
      throw new DamagedException(TarHeaders.DAMAGED);
    }
    long size = entry.isDirectory() ? 0 : entry.getSize();
    long end = headers.end(afterHeader, size);
    if (isRegular(entry)) {
      visitor.file(entry.getName(), afterHeader, size);
    }
    next = end;
  }

  private TarArchiveEntry parsed() throws IOException {
    TarArchiveEntry entry;
    try {
      range.allow(READ_PER_ENTRY);
      entry = tar.getNextTarEntry();
    } catch (IOException | RuntimeException e) {
      // Commons Compress throws many kinds of exceptions on malformed headers.
      range.rethrow();
      throw new DamagedException(TarHeaders.DAMAGED);
    }
    if (entry == null) {
      throw new DamagedException(TarHeaders.DAMAGED);
    }
    return entry;
  }

  private void sparse(TarArchiveEntry entry, long data) throws IOException {
    next = headers.end(data, entry.getSize());
    visitor.damaged("sparse tar entries are not supported", entry.getSize());
    // How much of the entry has been read depends on the kind of sparse entry, so a new reader
    // begins after it.
    range.moveTo(next);
    tar = reader();
  }

  private static boolean isRegular(TarArchiveEntry entry) {
    byte type = entry.getLinkFlag();
    return !entry.isDirectory()
        && (type == TarConstants.LF_NORMAL
            || type == TarConstants.LF_OLDNORM
            || type == CONTIGUOUS);
  }
}
