package io.millrace.jobs.stats;

import io.millrace.jobs.image.Image;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How often each of the 256 values occurs in each channel. Whole numbers: the sum of parts is the
 * same in any order. Wide enough for 10^8 images of a million pixels.
 */
final class Histograms implements Serializable {
  private static final long serialVersionUID = 1L;
  static final int VALUES = 256;

  /** More pixels of a channel might overflow an int. */
  private static final int MOST_PENDING = 1 << 30;

  private final long[][] counts;

  // Two tables in turn: neighbouring pixels are often equal, and adding to the slot that was just
  // written would wait for the store.
  private final int[][] even;
  private final int[][] odd;
  private int pending;
  private long images;

  Histograms(int channels) {
    counts = new long[channels][VALUES];
    even = new int[channels][VALUES];
    odd = new int[channels][VALUES];
  }

  int channels() {
    return counts.length;
  }

  long images() {
    return images;
  }

  /** How often each value occurs in a channel; not copied. */
  long[] channel(int channel) {
    settle();
    return counts[channel];
  }

  /** Counts an image with as many channels. */
  void add(Image image) {
    byte[] pixels = image.pixels();
    int plane = image.height() * image.width();
    if (pending + plane > MOST_PENDING) {
      settle();
    }
    pending += plane;
    for (int c = 0; c < counts.length; c++) {
      int[] evens = even[c];
      int[] odds = odd[c];
      int at = c * plane;
      int end = at + plane;
      for (; at + 1 < end; at += 2) {
        evens[pixels[at] & 0xff]++;
        odds[pixels[at + 1] & 0xff]++;
      }
      if (at < end) {
        evens[pixels[at] & 0xff]++;
      }
    }
    images++;
  }

  /** Adds another's counts. */
  void add(Histograms other) {
    other.settle();
    settle();
    for (int c = 0; c < counts.length; c++) {
      for (int v = 0; v < VALUES; v++) {
        counts[c][v] += other.counts[c][v];
      }
    }
    images += other.images;
  }

  private void settle() {
    for (int c = 0; c < counts.length; c++) {
      for (int v = 0; v < VALUES; v++) {
        counts[c][v] += even[c][v] + (long) odd[c][v];
      }
      Arrays.fill(even[c], 0);
      Arrays.fill(odd[c], 0);
    }
    pending = 0;
  }
}
