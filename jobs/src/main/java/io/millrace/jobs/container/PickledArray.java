package io.millrace.jobs.container;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * An array of NumPy in a pickle.
 *
 * @param type of its elements: {@code u1} for bytes, {@code i8} for long integers
 * @param shape its sides
 * @param data where its elements are, in C order (row-major)
 */
public record PickledArray(String type, List<Long> shape, PickledText data) {
  private static final int ASCII = 0x80;
  private static final int TWO_BYTES = 0xC0;
  private static final int CONTINUED = 0x3F;

  /** Whether its elements are bytes. */
  public boolean isBytes() {
    return type.equals("u1");
  }

  /** How many elements there are; -1 if its shape is impossible. */
  public long elements() {
    long all = 1;
    for (long side : shape) {
      if (side < 0 || (side > 0 && all > Long.MAX_VALUE / side)) {
        return -1;
      }
      all *= side;
    }
    return all;
  }

  /**
   * The bytes of its elements.
   *
   * @param file the pickle, from its beginning
   */
  public InputStream bytes(InputStream file) throws IOException {
    file.skipNBytes(data.offset());
    return data.utf8() ? new Latin(file) : file;
  }

  /** Decodes UTF-8 whose characters are all below 256 to one byte each. */
  private static final class Latin extends InputStream {
    private final InputStream in;

    Latin(InputStream in) {
      this.in = new BufferedInputStream(in);
    }

    @Override
    public int read() throws IOException {
      int first = in.read();
      if (first < ASCII) {
        return first;
      }
      return ((first & ~TWO_BYTES) << 6) | (in.read() & CONTINUED);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = 0;
      while (read < length) {
        int next = read();
        if (next < 0) {
          return read == 0 ? -1 : read;
        }
        buffer[offset + read++] = (byte) next;
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
