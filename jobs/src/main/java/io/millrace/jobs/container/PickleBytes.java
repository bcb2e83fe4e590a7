package io.millrace.jobs.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a pickle, one after another, and how far they were read. */
final class PickleBytes {
  /** Longer texts are not loaded. */
  private static final int LONGEST_TEXT = 1 << 12;

  /** The most bytes of all loaded texts together. */
  private static final long MOST_TEXT = 1L << 26;

  private static final int LONGEST_LINE = 1 << 10;

  private final InputStream in;
  private long at;
  private long kept;

  PickleBytes(InputStream in) {
    this.in = in;
  }

  long at() {
    return at;
  }

  int next() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw endsEarly();
    }
    at++;
    return next;
  }

  /** An unsigned little-endian number of so many bytes. */
  long little(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) next() << (Byte.SIZE * i);
    }
    return value;
  }

  /** A signed little-endian number of four bytes. */
  long signed() throws IOException {
    return (int) little(Integer.BYTES);
  }

  double bigDouble() throws IOException {
    long bits = 0;
    for (int i = 0; i < Double.BYTES; i++) {
      bits = (bits << Byte.SIZE) | next();
    }
    return Double.longBitsToDouble(bits);
  }

  /** The rest of the line. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = next(); next != '\n'; next = next()) {
      line.append((char) next);
      if (line.length() > LONGEST_LINE) {
        throw new PickleException("it is damaged at byte " + at);
      }
    }
    return line.toString();
  }

  /**
   * A text of that many bytes.
   *
   * @param unicode whether it is UTF-8
   */
  PickledText text(long length, boolean unicode) throws IOException {
    long from = at;
    if (length < 0) {
      throw new PickleException("it is damaged at byte " + at);
    }
    if (length > LONGEST_TEXT) {
      skip(length);
      return new PickledText(from, length, unicode, "");
    }
    byte[] bytes = in.readNBytes((int) length);
    at += bytes.length;
    kept += bytes.length;
    if (bytes.length < length) {
      throw endsEarly();
    }
    if (kept > MOST_TEXT) {
      throw new PickleException("it holds more texts than a list of pictures or a network has");
    }
    return new PickledText(from, length, unicode, new String(bytes, unicode ? UTF_8 : ISO_8859_1));
  }

  void skip(long length) throws IOException {
    for (long left = length; left > 0; ) {
      long skipped = in.skip(left);
      if (skipped <= 0) {
        // Some streams sometimes skip nothing though they have not ended.
        if (in.read() < 0) {
          throw endsEarly();
        }
        skipped = 1;
      }
      left -= skipped;
      at += skipped;
    }
  }

  private PickleException endsEarly() {
    return new PickleException("it ends early, after " + at + " bytes");
  }
}
