package io.millrace.jobs.shard;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.millrace.jobs.files.ReadAt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The images of a row group, read directly from the file's pages: each is its length in four bytes,
 * then its bytes. All go through one buffer that stays in the core's cache, while parquet-mr's
 * reader copies each image four times into new memory.
 */
final class ImagePages {
  private static final int READ_BYTES = 5 << 18;

  /** A page's header takes a few dozen bytes. */
  private static final int HEADER_BYTES = 1 << 10;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final ReadAt file;
  private final boolean compressed;
  private final long end;
  private long position;
  private byte[] read = new byte[READ_BYTES];
  private int from;
  private int to;
  private byte[] page = {};
  private int next;
  private int pageEnd;
  private int length;

  /**
   * @param from where the first page to read begins
   * @throws IOException if the column is stored in a way that this class does not read
   */
  ImagePages(ReadAt file, ColumnChunkMetaData column, long from) throws IOException {
    this.file = file;
    this.compressed = column.getCodec() == CompressionCodecName.ZSTD;
    if (!compressed && column.getCodec() != CompressionCodecName.UNCOMPRESSED) {
      throw new IOException("its images are compressed by " + column.getCodec());
    }
    this.position = from;
    this.end = column.getStartingPos() + column.getTotalSize();
  }

  /**
   * Moves to the next image.
   *
   * @throws IOException if there is none, or its page is damaged
   */
  void advance() throws IOException {
    next += length;
    while (next == pageEnd) {
      openPage();
    }
    if (pageEnd - next < Integer.BYTES) {
      throw new IOException("a page of images ends within an image");
    }
    length = (int) INT.get(page, next);
    next += Integer.BYTES;
    if (length < 0 || length > pageEnd - next) {
      throw new IOException("a page of images ends within an image");
    }
  }

  /** The array that holds the image, until {@link #advance} is called again. */
  byte[] bytes() {
    return page;
  }

  /** Where the image begins. */
  int at() {
    return next;
  }

  /** Bytes of the image. */
  int length() {
    return length;
  }

  /** The image alone. */
  byte[] copy() {
    return Arrays.copyOfRange(page, next, next + length);
  }

  private void openPage() throws IOException {
    length = 0;
    fill(HEADER_BYTES);
    ByteArrayInputStream in = new ByteArrayInputStream(read, from, to - from);
    PageHeader header = Util.readPageHeader(in);
    from = to - in.available();
    if (header.getType() != PageType.DATA_PAGE
        || header.getData_page_header().getEncoding() != Encoding.PLAIN) {
      throw new IOException("its images are in a page of another kind");
    }
    int stored = header.getCompressed_page_size();
    fill(stored);
    if (to - from < stored) {
      throw new IOException("a page of images ends beyond its column");
    }
    if (compressed) {
      inflate(stored, header.getUncompressed_page_size());
    } else {
      page = read;
      next = from;
    }
    pageEnd = next + header.getUncompressed_page_size();
    from += stored;
  }

  private void inflate(int stored, int size) throws IOException {
    if (page.length < size) {
      page = new byte[size];
    }
    next = 0;
    try {
      Zstd.decompressByteArray(page, 0, size, read, from, stored);
    } catch (ZstdException e) {
      throw new IOException("a page of images can't be decompressed: " + e.getMessage(), e);
    }
  }

  /** Reads until so many bytes are ready, or the column ends. */
  private void fill(int wanted) throws IOException {
    int ready = to - from;
    if (ready >= wanted || position == end) {
      return;
    }
    byte[] target = wanted <= read.length ? read : new byte[wanted + HEADER_BYTES];
    System.arraycopy(read, from, target, 0, ready);
    int more = (int) Math.min(target.length - ready, end - position);
    file.read(position, target, ready, more);
    position += more;
    read = target;
    from = 0;
    to = ready + more;
  }
}
