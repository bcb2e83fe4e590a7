package io.millrace.jobs.image;

/** The one decoder: stored bytes to pixels. */
public final class Decoder {
  private Decoder() {}

  /**
   * Decodes an image.
   *
   * @param bytes as stored; of raw pixels the array itself becomes the image's
   * @throws IllegalArgumentException if the bytes are not such an image
   */
  public static Image decode(Encoding encoding, int channels, int height, int width, byte[] bytes) {
    return switch (encoding) {
      case RAW -> new Image(channels, height, width, bytes);
      case JPEG, PNG, WEBP ->
          throw new IllegalArgumentException(
              "this version of Millrace reads raw pixels, not " + encoding.text());
    };
  }
}
