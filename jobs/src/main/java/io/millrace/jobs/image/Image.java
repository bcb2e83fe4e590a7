package io.millrace.jobs.image;

/**
 * One image in memory, upright, 8 bits a channel.
 *
 * @param channels 1 (grey) or 3 (RGB)
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
          pixels.length
              + " bytes do not make a "
              + channels
              + "x"
              + height
              + "x"
              + width
              + " image");
    }
  }

  /** The same picture as grey (ITU-R 601-2 luma, as Pillow rounds it) or as RGB. */
  public Image withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    int plane = height * width;
    byte[] converted = new byte[wanted * plane];
    for (int i = 0; i < plane; i++) {
      if (wanted == 1) {
        int red = pixels[i] & 0xFF;
        int green = pixels[plane + i] & 0xFF;
        converted[i] = (byte) Luma.of(red, green, pixels[2 * plane + i] & 0xFF);
      } else {
        converted[i] = pixels[i];
        converted[plane + i] = pixels[i];
        converted[2 * plane + i] = pixels[i];
      }
    }
    return new Image(wanted, height, width, converted);
  }
}
