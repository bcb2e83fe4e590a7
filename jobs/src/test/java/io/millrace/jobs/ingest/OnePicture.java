package io.millrace.jobs.ingest;

import io.millrace.jobs.image.Encoder;
import io.millrace.jobs.image.Image;
import java.util.Random;

/** Small picture files of noise. */
final class OnePicture {
  private OnePicture() {}

  static byte[] png(long seed, int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    new Random(seed).nextBytes(pixels);
    return Encoder.png(new Image(3, height, width, pixels));
  }
}
