package io.millrace.jobs.image.codec;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.PixelSource;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.header.Header;
import io.millrace.jobs.image.resample.Resampler;
import io.millrace.jobs.image.resample.Rows;
import java.io.Closeable;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * A completely decoded picture outside the heap. It belongs to its thread and must be closed before
 * the thread decodes another.
 */
public final class Decoded implements PixelSource, Closeable {
  private final Header header;
  private final Mat pixels;
  private final boolean blueFirst;
  private final int channels;
  private final Background background;
  private final Rows rows;
  private final Optional<Mat> turned;
  private final boolean repaired;
  private final int units;
  private boolean closed;

  Decoded(
      Header header,
      Mat pixels,
      boolean blueFirst,
      int channels,
      Background background,
      boolean repaired,
      int units) {
    this.header = header;
    this.repaired = repaired;
    this.units = units;
    this.turned = header.orientation() == 1 ? Optional.empty() : Optional.of(upright(pixels));
    this.pixels = turned.orElse(pixels);
    this.blueFirst = blueFirst;
    this.channels = channels;
    this.background = background;
    this.rows = new Raster(this.pixels, blueFirst, channels, background);
  }

  /** The header of its file. */
  public Header header() {
    return header;
  }

  /** Of the upright picture, in pixels. */
  @Override
  public int height() {
    return rows.height();
  }

  /** Of the upright picture, in pixels. */
  @Override
  public int width() {
    return rows.width();
  }

  /** Whether it ended early and its missing part was filled. */
  public boolean repaired() {
    return repaired;
  }

  @Override
  public Image image() {
    return Resampler.whole(rows);
  }

  @Override
  public Image resized(Sizing sizing) {
    return Resampler.resized(rows, sizing);
  }

  @Override
  public Image resized(Part part, Sizing sizing) {
    try (Rect rectangle = new Rect(part.left(), part.top(), part.width(), part.height());
        Mat cut = new Mat(pixels, rectangle)) {
      return Resampler.resized(new Raster(cut, blueFirst, channels, background), sizing);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    turned.ifPresent(Mat::close);
    OpenCv.ofThisThread().free();
    DecodeBudget.done(units);
  }

  private Mat upright(Mat pixels) {
    Mat turned = new Mat();
    switch (header.orientation()) {
      case 2 -> opencv_core.flip(pixels, turned, 1);
      case 3 -> opencv_core.flip(pixels, turned, -1);
      case 4 -> opencv_core.flip(pixels, turned, 0);
      case 5 -> opencv_core.transpose(pixels, turned);
      case 6 -> opencv_core.rotate(pixels, turned, opencv_core.ROTATE_90_CLOCKWISE);
      case 7 -> {
        try (Mat half = new Mat()) {
          opencv_core.transpose(pixels, half);
          opencv_core.flip(half, turned, -1);
        }
      }
      case 8 -> opencv_core.rotate(pixels, turned, opencv_core.ROTATE_90_COUNTERCLOCKWISE);
      default -> throw new IllegalStateException("no orientation " + header.orientation());
    }
    return turned;
  }
}
