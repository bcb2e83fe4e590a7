package io.millrace.jobs.image.header;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** A file in memory; reading beyond its end is an {@link UnusableImageException}. */
public final class Bytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final byte[] bytes;

  public Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  public boolean begins(int at, int... wanted) {
    if (at + wanted.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if ((bytes[at + i] & 0xFF) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the four bytes after that range are its CRC-32. */
  boolean isChecked(long from, long length) throws UnusableImageException {
    int told = big32(from + length);
    CRC32 sum = new CRC32();
    sum.update(bytes, (int) from, (int) length);
    return (int) sum.getValue() == told;
  }

  int unsigned(long at) throws UnusableImageException {
    if (at < 0 || at >= bytes.length) {
      throw UnusableImageException.endsEarly();
    }
    return bytes[(int) at] & 0xFF;
  }

  /**
   * The place of the next 0xFF; the length if there is none. It searches eight bytes at a time,
   * since all data of a JPEG are searched.
   */
  int nextFull(int from) {
    int at = Math.max(0, from);
    for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
      // A byte 0xFF is zero here, and borrows in the subtraction.
      long inverse = ~(long) LONGS.get(bytes, at);
      long found = (inverse - ONES) & ~inverse & HIGH_BITS;
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < bytes.length && bytes[at] != (byte) 0xFF) {
      at++;
    }
    return at;
  }

  int big16(long at) throws UnusableImageException {
    return unsigned(at) << 8 | unsigned(at + 1);
  }

  int big32(long at) throws UnusableImageException {
    return big16(at) << 16 | big16(at + 2);
  }

  int little16(long at) throws UnusableImageException {
    return unsigned(at) | unsigned(at + 1) << 8;
  }

  int little24(long at) throws UnusableImageException {
    return little16(at) | unsigned(at + 2) << 16;
  }

  int little32(long at) throws UnusableImageException {
    return little16(at) | little16(at + 2) << 16;
  }
}
