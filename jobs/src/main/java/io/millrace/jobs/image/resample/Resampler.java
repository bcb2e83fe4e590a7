package io.millrace.jobs.image.resample;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Sizing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * Resizes in two passes, rows then columns, each rounded to 8 bits: bit-identical to Pillow's
 * {@code Image.resize(size, BILINEAR)}. Only pixels within the frame are computed.
 */
public final class Resampler {
  private Resampler() {}

  /** All pixels, as CHW. */
  public static Image whole(Rows rows) {
    int height = rows.height();
    int width = rows.width();
    int channels = rows.channels();
    byte[] pixels = new byte[Math.multiplyExact(channels, Math.multiplyExact(height, width))];
    byte[] line = new byte[width * channels];
    int plane = height * width;
    for (int y = 0; y < height; y++) {
      rows.row(y, line);
      spread(line, width, channels, pixels, y * width, plane);
    }
    return new Image(channels, height, width, pixels);
  }

  /** The kept pixels, as CHW. */
  public static Image resized(Rows rows, Sizing sizing) {
    if (sizing instanceof Sizing.Own) {
      return whole(rows);
    }
    Sizing.Frame frame = sizing.frame(rows.height(), rows.width());
    Taps across = Taps.of(rows.width(), frame.width(), frame.left(), frame.columns());
    Taps down = Taps.of(rows.height(), frame.height(), frame.top(), frame.rows());
    int channels = rows.channels();
    int plane = frame.rows() * frame.columns();
    byte[] pixels = new byte[Math.multiplyExact(channels, plane)];
    HorizontalPass horizontal = new HorizontalPass(rows, across, down);
    WeightedSums weighted = new WeightedSums(WeightedSums.ints(frame.columns() * channels));
    int[] sum = new int[WeightedSums.ints(frame.columns() * channels)];
    byte[] line = new byte[sum.length * WeightedSums.PACKED];
    IntBuffer levels = ByteBuffer.wrap(line).order(ByteOrder.nativeOrder()).asIntBuffer();
    for (int y = 0; y < frame.rows(); y++) {
      weighted.sum(horizontal.until(down.end(y)), down, y, sum);
      levels.put(0, sum);
      spread(line, frame.columns(), channels, pixels, y * frame.columns(), plane);
    }
    return new Image(channels, frame.rows(), frame.columns(), pixels);
  }

  /** Copies interleaved pixels to planes, one for each channel. */
  private static void spread(
      byte[] line, int width, int channels, byte[] pixels, int to, int plane) {
    for (int c = 0; c < channels; c++) {
      for (int x = 0, from = c; x < width; x++, from += channels) {
        pixels[to + c * plane + x] = line[from];
      }
    }
  }
}
