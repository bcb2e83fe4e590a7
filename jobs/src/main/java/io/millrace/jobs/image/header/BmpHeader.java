package io.millrace.jobs.image.header;

/** The headers of a BMP file. */
public final class BmpHeader {
  private static final int OLD = 12;
  private static final int RUNS_OF_BYTES = 1;
  private static final int RUNS_OF_NIBBLES = 2;

  private BmpHeader() {}

  static Header read(Bytes bytes) throws UnusableImageException {
    boolean old = isOld(bytes);
    int width = old ? bytes.little16(18) : bytes.little32(18);
    // A negative height means rows from the top down.
    int height = Math.abs(old ? bytes.little16(20) : bytes.little32(22));
    return Header.simple(FileForm.BMP, height, width, false);
  }

  /**
   * Checks that a file has all pixels: OpenCV decodes what is there and ignores the rest.
   *
   * @param bytes of a file with this header
   * @throws UnusableImageException if the file is too short for its pixels
   */
  public static void requireWhole(Bytes bytes, Header header) throws UnusableImageException {
    boolean old = isOld(bytes);
    int bits = bytes.little16(old ? 24 : 28);
    int compression = old ? 0 : bytes.little32(30);
    // Each row is padded to a multiple of four bytes.
    long length = ((long) header.width() * bits + 31) / 32 * 4 * header.height();
    if (compression == RUNS_OF_BYTES || compression == RUNS_OF_NIBBLES) {
      length = Integer.toUnsignedLong(bytes.little32(34));
    }
    if (Integer.toUnsignedLong(bytes.little32(10)) + length > bytes.length()) {
      throw UnusableImageException.endsEarly();
    }
  }

  private static boolean isOld(Bytes bytes) throws UnusableImageException {
    return bytes.little32(14) == OLD;
  }
}
