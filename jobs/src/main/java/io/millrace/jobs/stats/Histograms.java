package io.millrace.jobs.stats;

import io.millrace.jobs.image.Image;
import java.io.Serializable;

/**
 * How often each of the 256 values occurs in each channel. Whole numbers: the sum of parts is the
 * same in any order. Wide enough for 10^8 images of a million pixels.
 */
final class Histograms implements Serializable {
  private static final long serialVersionUID = 1L;
  static final int VALUES = 256;

  private final long[][] counts;
  private long images;

  Histograms(int channels) {
    counts = new long[channels][VALUES];
  }

  int channels() {
    return counts.length;
  }

  long images() {
    return images;
  }

  /** How often each value occurs in a channel; not copied. */
  long[] channel(int channel) {
    return counts[channel];
  }

  /** Counts an image with as many channels. */
  void add(Image image) {
    byte[] pixels = image.pixels();
    int plane = image.height() * image.width();
    // Two tables in turn: neighbouring pixels are often equal, and adding to the slot that was just
    // written would wait for the store.
    int[] even = new int[VALUES];
    int[] odd = new int[VALUES];
    for (int c = 0; c < counts.length; c++) {
      int at = c * plane;
      int end = at + plane;
      for (; at + 1 < end; at += 2) {
        even[pixels[at] & 0xff]++;
        odd[pixels[at + 1] & 0xff]++;
      }
      if (at < end) {
        even[pixels[at] & 0xff]++;
      }
      long[] sums = counts[c];
      for (int v = 0; v < VALUES; v++) {
        sums[v] += even[v] + (long) odd[v];
        even[v] = 0;
        odd[v] = 0;
      }
    }
    images++;
  }

  /** Adds another's counts. */
  void add(Histograms other) {
    for (int c = 0; c < counts.length; c++) {
      for (int v = 0; v < VALUES; v++) {
        counts[c][v] += other.counts[c][v];
      }
    }
    images += other.images;
  }
}
