package io.millrace.jobs.transform;

import io.millrace.jobs.image.Image;
import java.util.Arrays;

/**
 * The picture that a chain works on: unsigned bytes in CHW order in an array that may be longer
 * than the picture. Its arrays are used again for every picture; not for use by several threads.
 */
public final class Canvas {
  private byte[] one = {};
  private byte[] other = {};
  private byte[] pixels = {};
  private int channels;
  private int height;
  private int width;

  /** Takes a picture, whose pixels are only read. */
  void take(Image image) {
    pixels = image.pixels();
    channels = image.channels();
    height = image.height();
    width = image.width();
  }

  /** Channels of the picture. */
  public int channels() {
    return channels;
  }

  /** Height in pixels. */
  public int height() {
    return height;
  }

  /** Width in pixels. */
  public int width() {
    return width;
  }

  /** Pixels of one channel. */
  public int plane() {
    return height * width;
  }

  /** Bytes of all channels. */
  public int size() {
    return channels * plane();
  }

  /** The pixels, to be read only. */
  public byte[] pixels() {
    return pixels;
  }

  /** The same pixels in an array that may be overwritten. */
  public byte[] own() {
    if (pixels != one && pixels != other) {
      int size = size();
      System.arraycopy(pixels, 0, next(height, width), 0, size);
      turn(height, width);
    }
    return pixels;
  }

  /** An array for the picture's next form, which becomes the picture by {@link #turn}. */
  public byte[] next(int height, int width) {
    int size = Math.multiplyExact(channels, Math.multiplyExact(height, width));
    if (pixels == one) {
      other = withRoom(other, size);
      return other;
    }
    one = withRoom(one, size);
    return one;
  }

  private static byte[] withRoom(byte[] array, int size) {
    return array.length < size ? new byte[size] : array;
  }

  /** Makes the array that {@link #next} gave the picture. */
  public void turn(int height, int width) {
    this.pixels = pixels == one ? other : one;
    this.height = height;
    this.width = width;
  }

  /**
   * Converts the picture to floats, in one long loop: a loop for each row of 32 pixels takes twice
   * the time.
   *
   * @param tables the float of each level, by channel
   * @param into CHW, as long as {@link #size}
   */
  void tabulate(float[][] tables, float[] into) {
    int plane = plane();
    for (int c = 0; c < channels; c++) {
      tabulate(pixels, tables[c], into, c * plane, (c + 1) * plane);
    }
  }

  private static void tabulate(byte[] pixels, float[] table, float[] into, int from, int to) {
    for (int i = from; i < to; i++) {
      into[i] = table[pixels[i] & 0xFF];
    }
  }

  /** A copy of the picture. */
  Image image() {
    return new Image(channels, height, width, Arrays.copyOf(pixels, size()));
  }
}
