package io.millrace.jobs.image.codec;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.resample.PixelsInMemory;

/**
 * A small picture for a page.
 *
 * @param encoding of the bytes: PNG if that takes few bytes, else JPEG
 * @param height in pixels
 * @param width in pixels
 * @param bytes of the file
 */
public record Thumbnail(Encoding encoding, int height, int width, byte[] bytes) {
  /** Drawings and pictures of 32x32 pixels stay exact; the loss in a photograph can't be seen. */
  private static final int EXACT_BYTES = 3_000;

  private static final int QUALITY = 80;

  /**
   * Makes a thumbnail; the aspect ratio is kept, and a small picture keeps its size.
   *
   * @param side the most pixels of its longer side
   */
  public static Thumbnail of(Image image, int side) {
    Image small = new PixelsInMemory(image).resized(sizing(image.height(), image.width(), side));
    byte[] png = Encoder.png(small);
    return png.length <= EXACT_BYTES
        ? new Thumbnail(Encoding.PNG, small.height(), small.width(), png)
        : new Thumbnail(Encoding.JPEG, small.height(), small.width(), Encoder.jpeg(small, QUALITY));
  }

  private static Sizing sizing(int height, int width, int side) {
    int longer = Math.max(height, width);
    if (longer <= side) {
      return new Sizing.Own();
    }
    return new Sizing.Exact(scaled(height, side, longer), scaled(width, side, longer));
  }

  private static int scaled(int length, int side, int longer) {
    return Math.max(1, (int) Math.round((double) length * side / longer));
  }
}
