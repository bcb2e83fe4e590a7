package io.millrace.jobs.image.codec;

import io.millrace.jobs.image.Luma;
import io.millrace.jobs.image.resample.Rows;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** Decoded pixels in OpenCV's layout, read as grey or RGB. */
final class Raster implements Rows {
  private static final int BLUE_TO_ALPHA = 4;
  private static final int RGB = 3;

  private final Mat mat;
  private final ByteBuffer data;
  private final int height;
  private final int width;
  private final int stored;
  private final boolean blueFirst;
  private final int channels;
  private final int background;
  private final long stride;
  private final byte[] line;

  /**
   * @param blueFirst whether three channels are BGR; four are always BGRA
   * @param channels of the result: 1 or 3
   */
  Raster(Mat mat, boolean blueFirst, int channels, Background background) {
    this.mat = mat;
    this.height = mat.rows();
    this.width = mat.cols();
    this.stored = mat.channels();
    this.stride = mat.step();
    this.data = mat.createBuffer();
    this.blueFirst = blueFirst || stored == BLUE_TO_ALPHA;
    this.channels = channels;
    this.background = background.level();
    this.line = new byte[width * stored];
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public Optional<Mat> plain() {
    return asStored() ? Optional.of(mat) : Optional.empty();
  }

  private boolean asStored() {
    return stored == channels && !blueFirst;
  }

  @Override
  public void row(int y, byte[] into) {
    int from = Math.toIntExact(y * stride);
    if (asStored()) {
      data.get(from, into, 0, line.length);
      return;
    }
    data.get(from, line, 0, line.length);
    for (int x = 0; x < width; x++) {
      int at = x * stored;
      int first = line[at] & 0xFF;
      int green = stored == 1 ? first : line[at + 1] & 0xFF;
      int last = stored == 1 ? first : line[at + 2] & 0xFF;
      int red = blueFirst ? last : first;
      int blue = blueFirst ? first : last;
      if (stored == BLUE_TO_ALPHA) {
        int alpha = line[at + 3] & 0xFF;
        red = blended(red, alpha);
        green = blended(green, alpha);
        blue = blended(blue, alpha);
      }
      if (channels == 1) {
        into[x] = (byte) Luma.of(red, green, blue);
      } else {
        into[x * RGB] = (byte) red;
        into[x * RGB + 1] = (byte) green;
        into[x * RGB + 2] = (byte) blue;
      }
    }
  }

  /** Rounded division by 255, as in Pillow's {@code paste} with a mask. */
  private int blended(int level, int alpha) {
    int sum = level * alpha + background * (0xFF - alpha) + 0x80;
    return ((sum >> Byte.SIZE) + sum) >> Byte.SIZE;
  }
}
