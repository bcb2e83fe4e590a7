package io.millrace.jobs.image;

import java.util.Arrays;

/**
 * Resizes in two passes, rows then columns, each rounded to 8 bits: bit-identical to Pillow's
 * {@code Image.resize(size, BILINEAR)}. Only what the frame keeps is computed.
 */
final class Resampler {
  private static final int HALF = 1 << (Taps.BITS - 1);

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
    RowPair pair = new RowPair(rows, across);
    // The rows that one output row needs, already narrowed; each is narrowed once, two at a time.
    int[][] narrowed = new int[down.longest() + 1][length];
    int[] sums = new int[length];
    int next = 0;
    for (int y = 0; y < frame.rows(); y++) {
      int first = down.first()[y];
      int end = first + down.count()[y];
      for (next = Math.max(next, first); next < end; next += 2) {
        pair.narrow(next, narrowed[next % narrowed.length], narrowed[(next + 1) % narrowed.length]);
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

  private static void add(int[] row, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row[i] * weight;
    }
  }
}
