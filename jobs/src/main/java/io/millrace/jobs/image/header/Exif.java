package io.millrace.jobs.image.header;

/** The one EXIF tag that changes pixels: the orientation of the camera (EXIF 2.32, tag 0x0112). */
final class Exif {
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;
  private static final int LAST = 8;

  private Exif() {}

  /**
   * The orientation; 1 if it is missing or invalid, since broken EXIF data do not break the
   * picture.
   *
   * @param tiff where the TIFF header begins
   * @param end of the block
   */
  static int orientation(Bytes bytes, long tiff, long end) {
    try {
      boolean little = bytes.begins((int) tiff, 'I', 'I');
      if (!little && !bytes.begins((int) tiff, 'M', 'M')) {
        return 1;
      }
      long entries = tiff + Integer.toUnsignedLong(word(bytes, tiff + 4, little));
      int count = half(bytes, entries, little);
      for (int i = 0; i < count; i++) {
        long entry = entries + 2 + (long) i * ENTRY_BYTES;
        if (entry + ENTRY_BYTES > end) {
          return 1;
        }
        if (half(bytes, entry, little) == ORIENTATION && half(bytes, entry + 2, little) == SHORT) {
          int value = half(bytes, entry + 8, little);
          return value >= 1 && value <= LAST ? value : 1;
        }
      }
      return 1;
    } catch (UnusableImageException beyondTheFile) {
      return 1;
    }
  }

  private static int half(Bytes bytes, long at, boolean little) throws UnusableImageException {
    return little ? bytes.little16(at) : bytes.big16(at);
  }

  private static int word(Bytes bytes, long at, boolean little) throws UnusableImageException {
    return little ? bytes.little32(at) : bytes.big32(at);
  }
}
