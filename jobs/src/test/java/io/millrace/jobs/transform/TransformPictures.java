package io.millrace.jobs.transform;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.random.Bits;
import java.util.Arrays;
import java.util.List;

/** Pictures for the tests of transforms, and what is measured of them. */
final class TransformPictures {
  private TransformPictures() {}

  /** First row, first column and those after the last of what isn't black. */
  static int[] box(Image image) {
    int[] box = {image.height(), image.width(), 0, 0};
    for (int i = 0; i < image.pixels().length; i++) {
      if (image.pixels()[i] != 0) {
        int row = i / image.width();
        int column = i % image.width();
        box[0] = Math.min(box[0], row);
        box[1] = Math.min(box[1], column);
        box[2] = Math.max(box[2], row + 1);
        box[3] = Math.max(box[3], column + 1);
      }
    }
    return box;
  }

  static Chain chain(Transform... transforms) {
    return new Chain(List.of(transforms));
  }

  static Image apply(Image image, Transform transform) {
    return chain(transform).apply(image, draws(0));
  }

  static int covered(Image image) {
    int covered = 0;
    for (byte pixel : image.pixels()) {
      covered += pixel == 0 ? 0 : 1;
    }
    return covered;
  }

  static double mean(Image image, int channel) {
    int plane = image.height() * image.width();
    long sum = 0;
    for (int i = channel * plane; i < (channel + 1) * plane; i++) {
      sum += image.pixels()[i] & 0xFF;
    }
    return (double) sum / plane;
  }

  static byte[] sorted(byte[] pixels) {
    byte[] sorted = pixels.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  static Image noisy(int channels, int height, int width) {
    byte[] pixels = new byte[channels * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (Bits.absorb(5, i) >>> 57);
    }
    return new Image(channels, height, width, pixels);
  }

  static Draws draws(int i) {
    return Draws.of(1, 0, Bits.idHash("image-" + i));
  }
}
