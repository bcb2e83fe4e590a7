package io.millrace.jobs.image.resample;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.PixelSource;

/** The rows of a part of a picture in memory. */
record PartOfImage(Image image, PixelSource.Part part) implements Rows {
  @Override
  public int height() {
    return part.height();
  }

  @Override
  public int width() {
    return part.width();
  }

  @Override
  public int channels() {
    return image.channels();
  }

  @Override
  public void row(int y, byte[] into) {
    int plane = image.height() * image.width();
    int channels = image.channels();
    int begin = (part.top() + y) * image.width() + part.left();
    for (int c = 0; c < channels; c++) {
      int from = c * plane + begin;
      for (int x = 0, to = c; x < part.width(); x++, to += channels) {
        into[to] = image.pixels()[from + x];
      }
    }
  }
}
