package io.millrace.jobs.container;

import io.millrace.jobs.files.ReadAt;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of an archive within a file; skipping reads nothing. */
final class TarRange extends InputStream {
  // Enough for a header with a long name before it, so that an entry costs one read of the file.
  private static final int BUFFER_BYTES = 4096;

  private final ReadAt file;
  private final long end;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long bufferStart;
  private int buffered;
  private long position;
  private long allowance;
  private IOException failure;

  TarRange(ReadAt file, long from, long length) {
    this.file = file;
    this.position = from;
    this.end = from + length;
  }

  long end() {
    return end;
  }

  /** The place in the file of the next byte. */
  long position() {
    return position;
  }

  void moveTo(long place) {
    position = place;
  }

  /**
   * Sets how many bytes may be read from now on, which limits the memory of the stream's reader.
   */
  void allow(long bytes) {
    allowance = bytes;
  }

  /** Throws the file's own error, if there was one: then the archive is not at fault. */
  void rethrow() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /** Bytes at a place of the file, all of which must be in the range; the position stays. */
  byte[] peek(long place, int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      done += copy(place + done, bytes, done, length - done);
    }
    return bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position >= end) {
      return -1;
    }
    int read = copy(position, into, at, length);
    position += read;
    allowance -= read;
    if (allowance < 0) {
      throw new DamagedException("too many bytes before an entry");
    }
    return read;
  }

  @Override
  public long skip(long bytes) {
    long skipped = Math.max(0, Math.min(bytes, end - position));
    position += skipped;
    return skipped;
  }

  private int copy(long place, byte[] into, int at, int length) throws IOException {
    if (place < bufferStart || place >= bufferStart + buffered) {
      fill(place);
    }
    int start = (int) (place - bufferStart);
    int copied = Math.min(length, buffered - start);
    System.arraycopy(buffer, start, into, at, copied);
    return copied;
  }

  private void fill(long place) throws IOException {
    int wanted = (int) Math.min(BUFFER_BYTES, end - place);
    buffered = 0;
    try {
      file.read(place, buffer, 0, wanted);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    bufferStart = place;
    buffered = wanted;
  }
}
