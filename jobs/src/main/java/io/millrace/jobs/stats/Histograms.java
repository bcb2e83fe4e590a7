package io.millrace.jobs.stats;

import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How often each of the 256 values occurs in each channel. Counts are whole numbers, so that the
 * sum of parts is the same in any order. Wide enough for 10^8 images of a million pixels.
 */
public final class Histograms implements Serializable {
  private static final long serialVersionUID = 1L;
  static final int VALUES = 256;

  private static final int TURNS = 4;
  private static final int LEVEL = 0xFF;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** More pixels of a channel might overflow an int. */
  private static final int MOST_PENDING = 1 << 30;

  private final long[][] counts;

  // Four tables in turn: neighbouring pixels are often equal, and adding to the slot that was just
  // written would wait for the store.
  private transient int[][][] turns;
  private int pending;
  private long images;

  /** Without counts. */
  public Histograms(int channels) {
    counts = new long[channels][VALUES];
  }

  /** The number of channels. */
  public int channels() {
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

  /**
   * Counts an image with as many channels.
   *
   * @param plane pixels of a channel
   * @param pixels holds the image, in CHW order
   * @param from where it begins
   */
  public void add(int plane, byte[] pixels, int from) {
    if (pending + plane > MOST_PENDING) {
      settle();
    }
    pending += plane;
    if (turns == null) {
      turns = new int[counts.length][TURNS][VALUES];
    }
    for (int c = 0; c < counts.length; c++) {
      count(pixels, from + c * plane, from + (c + 1) * plane, turns[c]);
    }
    images++;
  }

  /** Eight pixels are loaded at once: the tables' slots keep the core's load units busy enough. */
  private static void count(byte[] pixels, int from, int end, int[][] turns) {
    int[] first = turns[0];
    int[] second = turns[1];
    int[] third = turns[2];
    int[] fourth = turns[3];
    int at = from;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long eight = (long) LONG.get(pixels, at);
      first[(int) eight & LEVEL]++;
      second[(int) (eight >>> 8) & LEVEL]++;
      third[(int) (eight >>> 16) & LEVEL]++;
      fourth[(int) (eight >>> 24) & LEVEL]++;
      first[(int) (eight >>> 32) & LEVEL]++;
      second[(int) (eight >>> 40) & LEVEL]++;
      third[(int) (eight >>> 48) & LEVEL]++;
      fourth[(int) (eight >>> 56) & LEVEL]++;
    }
    for (; at < end; at++) {
      first[pixels[at] & LEVEL]++;
    }
  }

  /** Adds the counts of another with as many channels. */
  public void add(Histograms other) {
    other.settle();
    settle();
    for (int c = 0; c < counts.length; c++) {
      for (int v = 0; v < VALUES; v++) {
        counts[c][v] += other.counts[c][v];
      }
    }
    images += other.images;
  }

  /**
   * Adds pending counts to the tables that {@link #channel} shows; to be called before serialising.
   */
  public void settle() {
    if (turns == null) {
      return;
    }
    for (int c = 0; c < counts.length; c++) {
      for (int[] turn : turns[c]) {
        for (int v = 0; v < VALUES; v++) {
          counts[c][v] += turn[v];
        }
      }
    }
    turns = null;
    pending = 0;
  }
}
