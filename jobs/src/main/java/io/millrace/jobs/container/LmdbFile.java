package io.millrace.jobs.container;

import io.millrace.jobs.files.ReadAt;
import java.io.IOException;
import java.util.Optional;

/**
 * An LMDB data file, {@code data.mdb}, of format version 1 as 64-bit little-endian machines write
 * it; the layout is that of LMDB's {@code mdb.c}. It is read without LMDB itself, which maps the
 * whole file into memory: there a damaged or truncated file ends the process, and a remote file
 * can't be read at all.
 */
public final class LmdbFile {
  private final ReadAt file;
  private final LmdbMeta meta;
  private final boolean metaDamaged;

  /** Receives what a scan finds, in the order of the keys. */
  public interface Visitor {
    /**
     * A record.
     *
     * @param offset of its value in the file
     */
    void entry(byte[] key, long offset, long length) throws IOException;

    /**
     * Records may be missing here; the scan continues after the damage.
     *
     * @param reason one of a few fixed texts
     * @param bytes skipped, as far as known
     */
    void damaged(String reason, long bytes);
  }

  private LmdbFile(ReadAt file, LmdbMeta meta, boolean metaDamaged) {
    this.file = file;
    this.meta = meta;
    this.metaDamaged = metaDamaged;
  }

  /**
   * Reads the meta pages. The file must stay open as long as this is used.
   *
   * @throws DamagedException if it is not an LMDB data file, or shorter than its meta page says
   */
  public static LmdbFile open(ReadAt file) throws IOException {
    Optional<LmdbMeta> first = LmdbMeta.read(file, 0, 0);
    Optional<LmdbMeta> second = second(file, first);
    if (first.isEmpty() && second.isEmpty()) {
      throw new DamagedException("it is not an LMDB data file");
    }
    LmdbMeta newer = newer(first, second);
    if (file.length() < newer.fileBytes()) {
      throw new DamagedException(
          "it is shorter (%d bytes) than its own index says (%d bytes): the copy is not complete"
              .formatted(file.length(), newer.fileBytes()));
    }
    return new LmdbFile(file, newer, first.isEmpty() || second.isEmpty());
  }

  /** The second meta page begins where the first ends; only an undamaged first page tells where. */
  private static Optional<LmdbMeta> second(ReadAt file, Optional<LmdbMeta> first)
      throws IOException {
    int smallest = first.map(LmdbMeta::pageSize).orElse(LmdbMeta.SMALLEST_PAGE);
    int largest = first.map(LmdbMeta::pageSize).orElse(LmdbMeta.LARGEST_PAGE);
    for (int size = smallest; size <= largest; size *= 2) {
      Optional<LmdbMeta> found = LmdbMeta.read(file, size, 1);
      if (found.isPresent() && found.get().pageSize() == size) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static LmdbMeta newer(Optional<LmdbMeta> first, Optional<LmdbMeta> second) {
    if (first.isEmpty() || second.isEmpty()) {
      return first.or(() -> second).orElseThrow();
    }
    boolean later = second.get().transaction() > first.get().transaction();
    return later ? second.get() : first.get();
  }

  /** Records in the main database, as the meta page says. */
  public long entries() {
    return meta.entries();
  }

  /** Goes through the main database in key order, reading only the pages of its index. */
  public void scan(Visitor visitor) throws IOException {
    if (metaDamaged) {
      // LMDB always writes both. The undamaged one may be a transaction older.
      visitor.damaged("one of the file's two first pages is damaged", meta.pageSize());
    }
    new LmdbWalk(file, meta, visitor).run();
  }
}
