package io.millrace.jobs.image;

import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** A picture whose rows can be read in any order. */
interface Rows {
  int height();

  int width();

  /** 1 (gray) or 3 (RGB). */
  int channels();

  /** Copies row {@code y}, pixel after pixel, to the beginning of {@code into}. */
  void row(int y, byte[] into);

  /** The pixels outside the heap, if they lie there just as {@link #row} would give them. */
  default Optional<Mat> plain() {
    return Optional.empty();
  }

  /** The rows of an image in memory. */
  static Rows of(Image image) {
    return new Rows() {
      @Override
      public int height() {
        return image.height();
      }

      @Override
      public int width() {
        return image.width();
      }

      @Override
      public int channels() {
        return image.channels();
      }

      @Override
      public void row(int y, byte[] into) {
        int plane = image.height() * image.width();
        for (int c = 0; c < image.channels(); c++) {
          int from = c * plane + y * image.width();
          for (int x = 0; x < image.width(); x++) {
            into[x * image.channels() + c] = image.pixels()[from + x];
          }
        }
      }
    };
  }
}
