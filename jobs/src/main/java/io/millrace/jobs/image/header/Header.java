package io.millrace.jobs.image.header;

/**
 * The properties in the first bytes of a picture file, read without decoding, so that a
 * decompression bomb is refused before it takes memory.
 *
 * @param form by the bytes, not by the file's name
 * @param height as stored, in pixels, at least 1
 * @param width as stored, in pixels, at least 1
 * @param gray whether it has no colours
 * @param alpha whether it may have transparent pixels
 * @param layered whether decoding keeps all coefficients in memory (progressive JPEG)
 * @param cmyk whether its colours are CMYK
 * @param icc whether it has a colour profile
 * @param orientation by EXIF: 1 (upright) to 8
 */
public record Header(
    FileForm form,
    int height,
    int width,
    boolean gray,
    boolean alpha,
    boolean layered,
    boolean cmyk,
    boolean icc,
    int orientation) {
  private static final int FIRST_SIDEWAYS = 5;

  /**
   * Reads the header.
   *
   * @throws UnusableImageException if the bytes are not a picture file, or end before the picture
   *     begins
   */
  public static Header of(byte[] file) throws UnusableImageException {
    Bytes bytes = new Bytes(file);
    FileForm form = FileForm.of(bytes).orElseThrow(() -> new UnusableImageException(unread(file)));
    Header header =
        switch (form) {
          case JPEG -> JpegHeader.read(bytes);
          case PNG -> PngHeader.read(bytes);
          case WEBP -> WebpHeader.read(bytes);
          case GIF -> GifHeader.read(bytes);
          case BMP -> BmpHeader.read(bytes);
        };
    if (header.height < 1 || header.width < 1) {
      throw UnusableImageException.damaged();
    }
    return header;
  }

  private static String unread(byte[] file) {
    return file.length == 0
        ? "an empty file"
        : UnreadForm.of(file).map(UnreadForm::reason).orElse("no picture file");
  }

  /** Pixels as stored. */
  public long pixels() {
    return (long) height * width;
  }

  /** Whether height and width are swapped when the picture is turned upright. */
  boolean sideways() {
    return orientation >= FIRST_SIDEWAYS;
  }

  /** Height of the upright picture. */
  public int uprightHeight() {
    return sideways() ? width : height;
  }

  /** Width of the upright picture. */
  public int uprightWidth() {
    return sideways() ? height : width;
  }

  public static Header simple(FileForm form, int height, int width, boolean alpha) {
    return new Header(form, height, width, false, alpha, false, false, false, 1);
  }
}
