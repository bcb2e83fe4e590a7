package io.millrace.jobs.transform;

import io.millrace.jobs.random.Bits;
import io.millrace.jobs.random.NormalPair;

/**
 * Gaussian noise as levels: of the mean, the deviation and the range of a dataset's channels, or of
 * the picture's own if those are not known. It comes from a table of {@value #DEVIATES} deviates,
 * from a position that is drawn for every row. Not for use by several threads.
 */
public final class Noise {
  private static final int DEVIATES = 1 << 16;
  private static final long TABLE_KEY = 0x4E6F697365L;

  private final Levels dataset;
  private final boolean known;
  private final byte[][] tables;
  private final int[] plain;
  private final double[] mean;
  private final double[] std;
  private final int[] least;
  private final int[] most;

  /**
   * @param channels of every picture
   * @param dataset its levels; if their number of channels differs, each picture's own are used
   */
  Noise(int channels, Levels dataset) {
    mean = new double[channels];
    std = new double[channels];
    least = new int[channels];
    most = new int[channels];
    plain = new int[channels];
    this.dataset = dataset;
    known = dataset.channels() == channels;
    tables = new byte[channels][];
  }

  /** Made when noise is first needed, since most chains need none. */
  private void tabulate() {
    for (int c = 0; c < mean.length; c++) {
      mean[c] = dataset.mean().get(c);
      std[c] = dataset.std().get(c);
      least[c] = dataset.least().get(c);
      most[c] = dataset.most().get(c);
      plain[c] = (int) Math.rint(mean[c]);
      tables[c] = new byte[DEVIATES];
      for (int i = 0; i < DEVIATES; i++) {
        tables[c][i] = level(c, i);
      }
    }
  }

  private byte level(int channel, int index) {
    double noise = mean[channel] + std[channel] * Table.VALUES[index];
    return (byte) Math.max(least[channel], Math.min(most[channel], (int) Math.rint(noise)));
  }

  /** To be called for each picture before its noise is used. */
  public void look(Canvas canvas) {
    if (known) {
      if (tables[0] == null) {
        tabulate();
      }
      return;
    }
    byte[] pixels = canvas.pixels();
    int plane = canvas.plane();
    for (int c = 0; c < mean.length; c++) {
      long sum = 0;
      long squares = 0;
      least[c] = 255;
      most[c] = 0;
      for (int i = c * plane; i < (c + 1) * plane; i++) {
        int level = pixels[i] & 0xFF;
        sum += level;
        squares += (long) level * level;
        least[c] = Math.min(least[c], level);
        most[c] = Math.max(most[c], level);
      }
      mean[c] = (double) sum / plane;
      std[c] = Math.sqrt(Math.max(0, (double) squares / plane - mean[c] * mean[c]));
      plain[c] = (int) Math.rint(mean[c]);
    }
  }

  /** The mean level, for a plain patch. */
  public byte plain(int channel) {
    return (byte) plain[channel];
  }

  /** Writes noise over a part of a row. */
  public void fill(byte[] pixels, int channel, int at, int width, long bits) {
    int start = Bits.below(bits, DEVIATES - width + 1);
    if (known) {
      System.arraycopy(tables[channel], start, pixels, at, width);
      return;
    }
    for (int x = 0; x < width; x++) {
      pixels[at + x] = level(channel, start + x);
    }
  }

  /** Deviates of a standard normal distribution, the same everywhere. */
  private static final class Table {
    private static final double[] VALUES = values();

    private static double[] values() {
      double[] values = new double[DEVIATES];
      for (int i = 0; i < DEVIATES; i += 2) {
        NormalPair pair = NormalPair.of(uniform(i), uniform(i + 1));
        values[i] = pair.first();
        values[i + 1] = pair.second();
      }
      return values;
    }

    private static double uniform(int number) {
      return Bits.unit(Bits.absorb(TABLE_KEY, number));
    }
  }
}
