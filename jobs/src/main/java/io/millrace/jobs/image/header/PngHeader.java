package io.millrace.jobs.image.header;

import java.io.ByteArrayOutputStream;

/** The chunks of a PNG file (W3C PNG, second edition). */
public final class PngHeader {
  /** No grey is transparent. */
  static final int NONE_CLEAR = -1;

  private static final int SIGNATURE = 8;
  private static final int IHDR = 0x49484452;
  private static final int IEND = 0x49454E44;
  private static final int TRNS = 0x74524E53;
  private static final int ICCP = 0x69434350;
  private static final int EXIF = 0x65584966;
  private static final int ACTL = 0x6163544C;
  private static final int FCTL = 0x6663544C;
  private static final int FDAT = 0x66644154;

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
      if ((isCritical(name) || name == TRNS) && !bytes.isChecked(at + 4, length + 4)) {
        throw UnusableImageException.damaged();
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

  /** Whether a decoder must know the chunk: the first letter of its name is upper case. */
  private static boolean isCritical(int name) {
    return (name & 0x20000000) == 0;
  }

  /**
   * The file without its animation. Programs that don't know animated PNG show a still picture,
   * which need not be the first frame.
   *
   * @param file whose header was read
   */
  public static byte[] still(byte[] file) throws UnusableImageException {
    Bytes bytes = new Bytes(file);
    ByteArrayOutputStream still = new ByteArrayOutputStream();
    int kept = 0;
    int at = SIGNATURE;
    while (bytes.big32(at + 4) != IEND) {
      int name = bytes.big32(at + 4);
      int end = at + FRAME + bytes.big32(at);
      if (name == ACTL || name == FCTL || name == FDAT) {
        still.write(file, kept, at - kept);
        kept = end;
      }
      at = end;
    }
    if (kept == 0) {
      return file;
    }
    still.write(file, kept, file.length - kept);
    return still.toByteArray();
  }

  /**
   * The grey level, as decoded, that is transparent in a grey picture.
   *
   * @param file whose header was read
   */
  public static int clearGray(byte[] file) throws UnusableImageException {
    Bytes bytes = new Bytes(file);
    if (bytes.unsigned(SIGNATURE + 17) != GRAY) {
      return NONE_CLEAR;
    }
    int depth = bytes.unsigned(SIGNATURE + 16);
    for (long at = SIGNATURE; bytes.big32(at + 4) != IEND; ) {
      if (bytes.big32(at + 4) == TRNS) {
        int gray = bytes.big16(at + 8);
        return depth < Byte.SIZE ? gray * 0xFF / ((1 << depth) - 1) : gray;
      }
      at += FRAME + Integer.toUnsignedLong(bytes.big32(at));
    }
    return NONE_CLEAR;
  }
}
