package io.millrace.jobs.look;

import io.millrace.jobs.image.Image;

/**
 * How light a picture is.
 *
 * @param mean of all levels, 0 (black) to 1 (white)
 * @param deviation of all levels from it, on the same scale
 */
record Light(double mean, double deviation) {
  private static final double WHITE = 255;
  private static final double NEAR = 0.05;

  /** The light of all channels together. */
  static Light of(Image image) {
    long sum = 0;
    long squares = 0;
    for (byte pixel : image.pixels()) {
      int level = pixel & 0xFF;
      sum += level;
      squares += (long) level * level;
    }
    double count = image.pixels().length;
    double mean = sum / count;
    double variance = Math.max(0, squares / count - mean * mean);
    return new Light(mean / WHITE, Math.sqrt(variance) / WHITE);
  }

  /** Whether nearly nothing can be seen. */
  boolean isNearBlack() {
    return mean < NEAR && deviation < NEAR;
  }

  /** Whether nearly nothing but white can be seen. */
  boolean isNearWhite() {
    return mean > 1 - NEAR && deviation < NEAR;
  }
}
