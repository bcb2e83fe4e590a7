package io.millrace.jobs.image;

/** The chunks of a PNG file (W3C PNG, second edition). */
final class PngHeader {
  private static final int SIGNATURE = 8;
  private static final int IHDR = 0x49484452;
  private static final int IEND = 0x49454E44;
  private static final int TRNS = 0x74524E53;
  private static final int ICCP = 0x69434350;
  private static final int EXIF = 0x65584966;

  /** Length, name and checksum of a chunk. */
  private static final int FRAME = 12;

  private static final int GRAY = 0;
  private static final int GRAY_ALPHA = 4;
  private static final int COLOUR_ALPHA = 6;

  private PngHeader() {}

  static Header read(Bytes bytes) throws UnusableImageException {
    if (bytes.big32(SIGNATURE + 4) != IHDR) {
      throw UnusableImageException.damaged();
    }
    int kind = bytes.unsigned(SIGNATURE + 17);
    boolean alpha = kind == GRAY_ALPHA || kind == COLOUR_ALPHA;
    boolean icc = false;
    int orientation = 1;
    for (long at = SIGNATURE; ; ) {
      long length = Integer.toUnsignedLong(bytes.big32(at));
      int name = bytes.big32(at + 4);
      if (name == IEND) {
        break;
      }
      alpha |= name == TRNS;
      icc |= name == ICCP;
      if (name == EXIF) {
        orientation = Exif.orientation(bytes, at + 8, at + 8 + length);
      }
      at += FRAME + length;
    }
    return new Header(
        FileForm.PNG,
        bytes.big32(SIGNATURE + 12),
        bytes.big32(SIGNATURE + 8),
        kind == GRAY || kind == GRAY_ALPHA,
        alpha,
        false,
        false,
        icc,
        orientation);
  }
}
