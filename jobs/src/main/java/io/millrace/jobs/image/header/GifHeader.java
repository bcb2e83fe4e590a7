package io.millrace.jobs.image.header;

/** The blocks of a GIF file up to the first picture (GIF89a). */
final class GifHeader {
  private static final int FIRST_BLOCK = 13;
  private static final int TABLE = 0x80;
  private static final int TABLE_BITS = 7;
  private static final int COLOUR_BYTES = 3;
  private static final int EXTENSION = 0x21;
  private static final int CONTROL = 0xF9;
  private static final int PICTURE = 0x2C;

  private GifHeader() {}

  static Header read(Bytes bytes) throws UnusableImageException {
    int width = bytes.little16(6);
    int height = bytes.little16(8);
    int flags = bytes.unsigned(10);
    boolean clear = false;
    int at = FIRST_BLOCK;
    if ((flags & TABLE) != 0) {
      at += COLOUR_BYTES << (1 + (flags & TABLE_BITS));
    }
    while (bytes.unsigned(at) == EXTENSION) {
      if (bytes.unsigned(at + 1) == CONTROL) {
        clear = (bytes.unsigned(at + 3) & 1) != 0;
      }
      at += 2;
      while (bytes.unsigned(at) > 0) {
        at += 1 + bytes.unsigned(at);
      }
      at++;
    }
    if (bytes.unsigned(at) != PICTURE) {
      throw UnusableImageException.damaged();
    }
    // If the first picture does not cover the canvas, the rest is transparent.
    boolean covers =
        bytes.little16(at + 1) == 0
            && bytes.little16(at + 3) == 0
            && bytes.little16(at + 5) >= width
            && bytes.little16(at + 7) >= height;
    return Header.simple(FileForm.GIF, height, width, clear || !covers);
  }
}
