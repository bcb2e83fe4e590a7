package io.millrace.jobs.image.header;

/** The segments of a JPEG file up to the first scan (ITU-T T.81, annex B). */
public final class JpegHeader {
  private static final int SOF_FIRST = 0xC0;
  private static final int SOF_PROGRESSIVE = 0xC2;
  private static final int SOF_ARITHMETIC = 0xC9;
  private static final int SOF_ARITHMETIC_PROGRESSIVE = 0xCA;
  private static final int SOF_LAST = 0xCF;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int RST_FIRST = 0xD0;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int INKS = 4;

  private final Bytes bytes;
  private int frame = -1;
  private int frameKind;
  private int orientation = 1;
  private boolean icc;

  private JpegHeader(Bytes bytes) {
    this.bytes = bytes;
  }

  static Header read(Bytes bytes) throws UnusableImageException {
    JpegHeader header = new JpegHeader(bytes);
    int scan = header.segments();
    header.requireAnEnd(scan);
    return header.frame();
  }

  /**
   * The end of the data of a picture's only scan, which is the first marker in them; -1 if it has
   * several scans, or a coding whose end can't be found.
   */
  public static int endOfOnlyScan(Bytes bytes) throws UnusableImageException {
    JpegHeader header = new JpegHeader(bytes);
    int scan = header.segments();
    boolean huffman = header.frame > 0 && header.frameKind < SOF_PROGRESSIVE;
    if (!huffman || bytes.unsigned(scan + 2) != bytes.unsigned(header.frame + 7)) {
      return -1;
    }
    int at = bytes.nextFull(scan + bytes.big16(scan));
    while (!endsData(bytes.unsigned(at + 1L))) {
      at = bytes.nextFull(at + 1);
    }
    return at;
  }

  /** An 0xFF among the data is followed by zero, and a fill byte by another. */
  private static boolean endsData(int marker) {
    return marker != 0 && marker != 0xFF && (marker < RST_FIRST || marker >= SOI);
  }

  /** Reads the segments; returns the place of the first scan. */
  private int segments() throws UnusableImageException {
    int at = 2;
    while (true) {
      // Bytes outside segments are skipped, as in libjpeg.
      while (bytes.unsigned(at) != 0xFF) {
        at++;
      }
      while (bytes.unsigned(at) == 0xFF) {
        at++;
      }
      int marker = bytes.unsigned(at);
      at++;
      if (marker == EOI) {
        throw UnusableImageException.endsEarly();
      }
      if (marker <= 1 || (marker >= RST_FIRST && marker <= SOI)) {
        continue;
      }
      if (marker == SOS) {
        return at;
      }
      segment(marker, at);
      at += Math.max(2, bytes.big16(at));
    }
  }

  private void segment(int marker, int at) throws UnusableImageException {
    if (marker >= SOF_FIRST && marker <= SOF_LAST) {
      if (marker != DHT && marker != JPG && marker != DAC) {
        frame = at;
        frameKind = marker;
      }
    } else if (marker == APP1 && bytes.begins(at + 2, 'E', 'x', 'i', 'f', 0, 0)) {
      orientation = Exif.orientation(bytes, at + 8, at + bytes.big16(at));
    } else if (marker == APP2 && bytes.begins(at + 2, 'I', 'C', 'C', '_')) {
      icc = true;
    }
  }

  private Header frame() throws UnusableImageException {
    if (frame < 0) {
      throw UnusableImageException.damaged();
    }
    boolean arithmetic = frameKind == SOF_ARITHMETIC || frameKind == SOF_ARITHMETIC_PROGRESSIVE;
    if ((frameKind > SOF_PROGRESSIVE && !arithmetic) || bytes.unsigned(frame + 2) != Byte.SIZE) {
      throw new UnusableImageException("a kind of JPEG that is not read (lossless, 12 bit, ...)");
    }
    int components = bytes.unsigned(frame + 7);
    return new Header(
        FileForm.JPEG,
        bytes.big16(frame + 3),
        bytes.big16(frame + 5),
        components == 1,
        false,
        frameKind == SOF_PROGRESSIVE || frameKind == SOF_ARITHMETIC_PROGRESSIVE,
        components == INKS,
        icc,
        orientation);
  }

  /**
   * Checks for the end marker: a file whose end was overwritten with zeros would decode without an
   * error.
   */
  private void requireAnEnd(int scan) throws UnusableImageException {
    for (int at = bytes.length() - 2; at >= scan; at--) {
      if (bytes.begins(at, 0xFF, EOI)) {
        return;
      }
    }
    throw UnusableImageException.endsEarly();
  }
}
