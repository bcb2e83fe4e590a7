package io.millrace.jobs.image;

/**
 * One image in memory, upright, 8 bits a channel.
 *
 * @param channels 1 (gray) or 3 (RGB)
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 * @param pixels unsigned bytes in CHW order, {@code channels * height * width} of them; not copied
 */
public record Image(int channels, int height, int width, byte[] pixels) {
  /**
   * @throws IllegalArgumentException if the number of bytes does not fit the shape
   */
  public Image {
    if (pixels.length != channels * height * width) {
      throw new IllegalArgumentException(
          pixels.length + " bytes are no " + channels + "x" + height + "x" + width + " image");
    }
  }
}
