package io.millrace.jobs.feed;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Turns bytes into floats by {@code (x / 255 - mean) / std}, channel by channel, as a table of 256
 * values.
 */
public final class Normaliser implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int LEVELS = 256;

  private final float[][] tables;

  /**
   * @param mean per channel, on the 0..1 scale
   * @param std per channel, on the 0..1 scale; a channel of one value (std 0) is only centred
   */
  public Normaliser(List<Double> mean, List<Double> std) {
    if (mean.size() != std.size() || mean.isEmpty()) {
      throw new IllegalArgumentException(mean.size() + " means and " + std.size() + " deviations");
    }
    tables = new float[mean.size()][LEVELS];
    for (int c = 0; c < tables.length; c++) {
      double deviation = std.get(c) == 0 ? 1 : std.get(c);
      for (int x = 0; x < LEVELS; x++) {
        tables[c][x] = (float) ((x / 255.0 - mean.get(c)) / deviation);
      }
    }
  }

  /** How many channels it is for. */
  public int channels() {
    return tables.length;
  }

  /**
   * Normalises a whole picture.
   *
   * @param pixels unsigned bytes in CHW order
   * @param into as many floats in the same order
   */
  void apply(byte[] pixels, float[] into) {
    int plane = pixels.length / tables.length;
    for (int c = 0; c < tables.length; c++) {
      for (int i = c * plane; i < (c + 1) * plane; i++) {
        into[i] = tables[c][pixels[i] & 0xFF];
      }
    }
  }

  /** The byte of a normalised value; the nearest one if it is a mixture of pictures. */
  public byte level(int channel, float normalised) {
    int found = Arrays.binarySearch(tables[channel], normalised);
    return (byte) Math.min(LEVELS - 1, found < 0 ? -found - 1 : found);
  }

  /** The normalised value of each byte, by channel; not copied. */
  float[][] tables() {
    return tables;
  }
}
