package io.millrace.jobs.image.resample;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.PixelSource;
import io.millrace.jobs.image.Sizing;

/**
 * A picture in memory, of which all or a part can be resized.
 *
 * @param image all pixels
 */
public record PixelsInMemory(Image image) implements PixelSource {
  @Override
  public int height() {
    return image.height();
  }

  @Override
  public int width() {
    return image.width();
  }

  @Override
  public Image resized(Part part, Sizing sizing) {
    return Resampler.resized(new PartOfImage(image, part), sizing);
  }

  @Override
  public Image resized(Sizing sizing) {
    return sizing instanceof Sizing.Own ? image : PixelSource.super.resized(sizing);
  }
}
