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

  /** Of the picture. */
  public int channels() {
    return channels;
  }

  /** In pixels. */
  public int height() {
    return height;
  }

  /** In pixels. */
  public int width() {
    return width;
  }

  /** Pixels of one channel. */
  public int plane() {
    return height * width;
  }

  /** All levels. */
  public int size() {
    return channels * plane();
  }

  /** To be read only. */
  public byte[] pixels() {
    return pixels;
  }

  /** The same pixels, that may be written over. */
  public byte[] own() {
    if (pixels != one && pixels != other) {
      int size = size();
      System.arraycopy(pixels, 0, next(height, width), 0, size);
      turn(height, width);
    }
    return pixels;
  }

  /** Room for the picture's next form, which it is from {@link #turn} on. */
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

  /** What was last written to {@link #next} is the picture. */
  public void turn(int height, int width) {
    this.pixels = pixels == one ? other : one;
    this.height = height;
    this.width = width;
  }

  /**
   * The floats of the picture. In one long loop: rows of 32 cost the compiled code twice the time.
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

  /** The picture, its pixels its own. */
  Image image() {
    return new Image(channels, height, width, Arrays.copyOf(pixels, size()));
  }
}
