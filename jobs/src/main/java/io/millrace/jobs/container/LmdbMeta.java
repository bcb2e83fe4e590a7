package io.millrace.jobs.container;

import io.millrace.jobs.files.ReadAt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The contents of one of the two meta pages.
 *
 * @param flags of the main database
 * @param depth levels of the main database's tree
 * @param root its top page; {@link #NONE} if it is empty
 * @param lastPage the highest page number in use
 * @param transaction the number of the transaction that wrote this page
 */
record LmdbMeta(
    int pageSize, int flags, int depth, long entries, long root, long lastPage, long transaction) {
  static final int SMALLEST_PAGE = 512;
  static final int LARGEST_PAGE = 1 << 16;
  static final long NONE = -1;

  private static final int BYTES = 152;
  private static final int META_FLAG = 0x08;
  private static final int MAGIC = 0xBEEFC0DE;
  private static final int VERSION = 1;
  // Page numbers must fit an int, for a bit set; that is enough for a terabyte at least.
  private static final long MOST_PAGES = Integer.MAX_VALUE;

  /** The meta page with that number; empty if there is none at that place, or a damaged one. */
  static Optional<LmdbMeta> read(ReadAt file, long place, long number) throws IOException {
    if (file.length() - place < BYTES) {
      return Optional.empty();
    }
    ByteBuffer page = ByteBuffer.wrap(file.read(place, BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    LmdbMeta meta =
        new LmdbMeta(
            page.getInt(40),
            Short.toUnsignedInt(page.getShort(92)),
            Short.toUnsignedInt(page.getShort(94)),
            page.getLong(120),
            page.getLong(128),
            page.getLong(136),
            page.getLong(144));
    boolean sound =
        page.getLong(0) == number
            && (page.getShort(10) & META_FLAG) != 0
            && page.getInt(16) == MAGIC
            && page.getInt(20) == VERSION
            && meta.sound();
    return sound ? Optional.of(meta) : Optional.empty();
  }

  private boolean sound() {
    return Integer.bitCount(pageSize) == 1
        && pageSize >= SMALLEST_PAGE
        && pageSize <= LARGEST_PAGE
        && entries >= 0
        && lastPage >= 1
        && lastPage < MOST_PAGES;
  }

  /** Bytes that the file must have. */
  long fileBytes() {
    return (lastPage + 1) * pageSize;
  }

  /**
   * Whether a tree or a record may be on that page: it exists and is not one of the two meta pages.
   */
  boolean holds(long page) {
    return page >= 2 && page <= lastPage;
  }
}
