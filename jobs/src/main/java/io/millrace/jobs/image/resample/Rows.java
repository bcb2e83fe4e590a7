package io.millrace.jobs.image.resample;

import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** A picture whose rows can be read in any order. */
public interface Rows {
  int height();

  int width();

  /** 1 (grey) or 3 (RGB). */
  int channels();

  /** Copies row {@code y}, pixel after pixel, to the beginning of {@code into}. */
  void row(int y, byte[] into);

  /** The pixels outside the heap, if they are stored there exactly as {@link #row} gives them. */
  default Optional<Mat> plain() {
    return Optional.empty();
  }
}
