package io.millrace.jobs.natives;

import org.bytedeco.javacpp.BytePointer;

/** Bytes outside the heap that grow when more are needed and are used again and again. */
public final class NativeBuffer {
  private final long least;
  private BytePointer bytes;

  /**
   * @param least bytes that it always has; 0 for none
   */
  public NativeBuffer(long least) {
    this.least = least;
    this.bytes = new BytePointer(least);
  }

  /** The memory, from its beginning. What it held is lost if it had to grow. */
  public BytePointer atLeast(long wanted) {
    if (bytes.capacity() < wanted) {
      bytes.close();
      bytes = new BytePointer(wanted + (wanted >> 1));
    }
    return bytes.position(0);
  }

  /** Gives back what is beyond that many bytes. */
  public void trim(long kept) {
    if (bytes.capacity() > kept) {
      bytes.close();
      bytes = new BytePointer(least);
    }
  }

  /** Gives all back. */
  public void close() {
    bytes.close();
  }
}
