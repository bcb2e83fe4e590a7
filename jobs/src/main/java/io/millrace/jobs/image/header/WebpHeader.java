package io.millrace.jobs.image.header;

/** The chunks of a WebP file (RFC 9649). */
final class WebpHeader {
  private static final int VP8 = 0x20385056;
  private static final int VP8L = 0x4C385056;
  private static final int VP8X = 0x58385056;
  private static final int ICCP = 0x50434349;
  private static final int EXIF = 0x46495845;
  private static final int FIRST_CHUNK = 12;
  private static final int SIDE_BITS = 0x3FFF;
  private static final int LOSSLESS_SIDE = 14;
  private static final int LOSSLESS_ALPHA = 28;
  private static final int EXTENDED_ALPHA = 0x10;

  private WebpHeader() {}

  static Header read(Bytes bytes) throws UnusableImageException {
    long end = Integer.toUnsignedLong(bytes.little32(4)) + 8;
    if (end > bytes.length()) {
      throw UnusableImageException.endsEarly();
    }
    int height = 0;
    int width = 0;
    boolean alpha = false;
    boolean icc = false;
    int orientation = 1;
    for (long at = FIRST_CHUNK; at + 8 <= end; ) {
      int name = bytes.little32(at);
      long data = at + 8;
      long length = Integer.toUnsignedLong(bytes.little32(at + 4));
      if (name == VP8X) {
        alpha = (bytes.unsigned(data) & EXTENDED_ALPHA) != 0;
        width = 1 + bytes.little24(data + 4);
        height = 1 + bytes.little24(data + 7);
      } else if (name == VP8 && width == 0) {
        width = bytes.little16(data + 6) & SIDE_BITS;
        height = bytes.little16(data + 8) & SIDE_BITS;
      } else if (name == VP8L && width == 0) {
        int bits = bytes.little32(data + 1);
        width = 1 + (bits & SIDE_BITS);
        height = 1 + (bits >>> LOSSLESS_SIDE & SIDE_BITS);
        alpha = (bits >>> LOSSLESS_ALPHA & 1) != 0;
      } else if (name == ICCP) {
        icc = true;
      } else if (name == EXIF) {
        // Some writers keep the six bytes that JPEG puts before it.
        long tiff = bytes.begins((int) data, 'E', 'x', 'i', 'f', 0, 0) ? data + 6 : data;
        orientation = Exif.orientation(bytes, tiff, data + length);
      }
      at = data + length + (length & 1);
    }
    return new Header(FileForm.WEBP, height, width, false, alpha, false, false, icc, orientation);
  }
}
