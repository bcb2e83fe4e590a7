package io.millrace.jobs.image;

import java.util.Arrays;

/**
 * Resizes in two passes, rows then columns, each rounded to 8 bits: bit-identical to Pillow's
 * {@code Image.resize(size, BILINEAR)}. Only what the frame keeps is computed.
 */
final class Resampler {
  private static final int HALF = 1 << (Taps.BITS - 1);
  private static final int RGB = 3;

  private Resampler() {}

  /** All pixels, as CHW. */
  static Image whole(Rows rows) {
    int height = rows.height();
    int width = rows.width();
    int channels = rows.channels();
    byte[] pixels = new byte[Math.multiplyExact(channels, Math.multiplyExact(height, width))];
    byte[] line = new byte[width * channels];
    int plane = height * width;
    for (int y = 0; y < height; y++) {
      rows.row(y, line);
      for (int c = 0; c < channels; c++) {
        int to = c * plane + y * width;
        for (int x = 0, from = c; x < width; x++, from += channels) {
          pixels[to + x] = line[from];
        }
      }
    }
    return new Image(channels, height, width, pixels);
  }

  /** The kept pixels, as CHW. */
  static Image resized(Rows rows, Sizing sizing) {
    if (sizing instanceof Sizing.Own) {
      return whole(rows);
    }
    Sizing.Frame frame = sizing.frame(rows.height(), rows.width());
    Taps across = Taps.of(rows.width(), frame.width(), frame.left(), frame.columns());
    Taps down = Taps.of(rows.height(), frame.height(), frame.top(), frame.rows());
    int channels = rows.channels();
    int length = frame.columns() * channels;
    int plane = frame.rows() * frame.columns();
    byte[] pixels = new byte[Math.multiplyExact(channels, plane)];
    byte[] line = new byte[rows.width() * channels];
    // The rows that one output row needs, already narrowed; each is narrowed once.
    int[][] narrowed = new int[down.longest()][length];
    int[] sums = new int[length];
    int next = 0;
    for (int y = 0; y < frame.rows(); y++) {
      int first = down.first()[y];
      int end = first + down.count()[y];
      for (next = Math.max(next, first); next < end; next++) {
        rows.row(next, line);
        narrow(line, channels, across, narrowed[next % narrowed.length]);
      }
      Arrays.fill(sums, HALF);
      for (int i = first; i < end; i++) {
        add(narrowed[i % narrowed.length], down.weights()[y * down.longest() + i - first], sums);
      }
      for (int c = 0; c < channels; c++) {
        int to = c * plane + y * frame.columns();
        int from = c * frame.columns();
        for (int x = 0; x < frame.columns(); x++) {
          pixels[to + x] = (byte) (sums[from + x] >> Taps.BITS);
        }
      }
    }
    return new Image(channels, frame.rows(), frame.columns(), pixels);
  }

  /** One row: interleaved pixels to planes of narrowed ones. */
  private static void narrow(byte[] line, int channels, Taps taps, int[] into) {
    if (channels == RGB) {
      narrowRgb(line, taps, into);
    } else {
      narrowGray(line, taps, into);
    }
  }

  private static void narrowRgb(byte[] line, Taps taps, int[] into) {
    int columns = taps.first().length;
    int[] weights = taps.weights();
    for (int x = 0; x < columns; x++) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int at = taps.first()[x] * RGB;
      int weight = x * taps.longest();
      for (int end = weight + taps.count()[x]; weight < end; weight++, at += RGB) {
        int w = weights[weight];
        red += (line[at] & 0xFF) * w;
        green += (line[at + 1] & 0xFF) * w;
        blue += (line[at + 2] & 0xFF) * w;
      }
      into[x] = red >> Taps.BITS;
      into[x + columns] = green >> Taps.BITS;
      into[x + 2 * columns] = blue >> Taps.BITS;
    }
  }

  private static void narrowGray(byte[] line, Taps taps, int[] into) {
    for (int x = 0; x < taps.first().length; x++) {
      int sum = HALF;
      int at = taps.first()[x];
      int weight = x * taps.longest();
      for (int end = weight + taps.count()[x]; weight < end; weight++, at++) {
        sum += (line[at] & 0xFF) * taps.weights()[weight];
      }
      into[x] = sum >> Taps.BITS;
    }
  }

  private static void add(int[] row, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row[i] * weight;
    }
  }
}
