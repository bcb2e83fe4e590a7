package io.millrace.jobs.doctor;

/**
 * How fast one part of a training is.
 *
 * @param part the part
 * @param imagesPerSecond of one thread; for {@link PictureStep#TRAIN}, of one worker while all work
 * @param about what it was measured on, in a few words
 */
public record PartRate(PictureStep part, double imagesPerSecond, String about) {
  private static final double MICROS = 1e6;

  /** Microseconds an image. */
  public double micros() {
    return MICROS / imagesPerSecond;
  }
}
