package io.millrace.jobs.image;

import java.util.zip.CRC32;

/** A file in memory; reading beyond its end is an {@link UnusableImageException}. */
final class Bytes {
  private final byte[] bytes;

  Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  boolean begins(int at, int... wanted) {
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

  /** Whether the CRC-32 of that range stands behind it. */
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
