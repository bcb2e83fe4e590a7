package io.millrace.jobs.files;

import java.io.Closeable;
import java.io.IOException;

/** A file opened for reading at any place. Not for use by several threads. */
public interface ReadAt extends Closeable {
  /** Bytes in the file when it was opened. */
  long length();

  /**
   * Reads exactly {@code length} bytes from {@code position} on.
   *
   * @throws java.io.EOFException if the file ends before that
   */
  void read(long position, byte[] into, int at, int length) throws IOException;

  /** Reads exactly {@code length} bytes from {@code position} on. */
  default byte[] read(long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    read(position, bytes, 0, length);
    return bytes;
  }
}
