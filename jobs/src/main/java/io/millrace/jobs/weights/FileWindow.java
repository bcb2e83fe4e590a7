package io.millrace.jobs.weights;

import io.millrace.jobs.files.ReadAt;
import java.io.IOException;
import java.io.InputStream;

/** A part of a file as a stream that knows its place. It does not close the file. */
final class FileWindow extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ReadAt file;
  private final long end;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long loaded;
  private int at;
  private int limit;

  /**
   * @param from its first byte
   * @param to after its last byte, within the file
   */
  FileWindow(ReadAt file, long from, long to) {
    this.file = file;
    this.loaded = from;
    this.end = to;
  }

  /** The place of the next byte in the file. */
  long position() {
    return loaded - (limit - at);
  }

  /** Whether the next byte is there; loads it. */
  private boolean isFilled() throws IOException {
    if (at < limit) {
      return true;
    }
    int next = (int) Math.min(BUFFER_BYTES, end - loaded);
    if (next <= 0) {
      return false;
    }
    file.read(loaded, buffer, 0, next);
    loaded += next;
    at = 0;
    limit = next;
    return true;
  }

  @Override
  public int read() throws IOException {
    return isFilled() ? buffer[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!isFilled()) {
      return -1;
    }
    int copied = Math.min(length, limit - at);
    System.arraycopy(buffer, at, into, from, copied);
    at += copied;
    return copied;
  }

  @Override
  public long skip(long bytes) {
    long skipped = Math.max(0, Math.min(bytes, end - position()));
    if (skipped <= limit - at) {
      at += (int) skipped;
    } else {
      loaded = position() + skipped;
      at = 0;
      limit = 0;
    }
    return skipped;
  }
}
