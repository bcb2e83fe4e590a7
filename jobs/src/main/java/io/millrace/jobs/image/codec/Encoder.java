package io.millrace.jobs.image.codec;

import io.millrace.jobs.image.Image;
import org.bytedeco.opencv.global.opencv_imgcodecs;

/** Encodes pixels to file bytes; the same pixels give the same bytes. */
public final class Encoder {
  /** A higher level makes a picture 1 % smaller and takes twice as long. */
  private static final int PNG_LEVEL = 6;

  /** For OpenCV, a quality above 100 means lossless WebP. */
  private static final int WITHOUT_LOSS = 101;

  private Encoder() {}

  /** Lossless PNG. */
  public static byte[] png(Image image) {
    return encode(".png", image, opencv_imgcodecs.IMWRITE_PNG_COMPRESSION, PNG_LEVEL);
  }

  /** Lossless WebP. */
  public static byte[] webp(Image image) {
    return webp(image, WITHOUT_LOSS);
  }

  /**
   * Lossy WebP.
   *
   * @param quality 1..100
   */
  public static byte[] webp(Image image, int quality) {
    return encode(".webp", image, opencv_imgcodecs.IMWRITE_WEBP_QUALITY, quality);
  }

  /**
   * JPEG.
   *
   * @param quality 1..100
   */
  public static byte[] jpeg(Image image, int quality) {
    return encode(".jpg", image, opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality);
  }

  private static byte[] encode(String form, Image image, int option, int value) {
    byte[] interleaved = new byte[image.pixels().length];
    int plane = image.height() * image.width();
    int channels = image.channels();
    for (int c = 0; c < channels; c++) {
      // OpenCV expects the order blue, green, red.
      int to = channels - 1 - c;
      for (int i = 0; i < plane; i++) {
        interleaved[i * channels + to] = image.pixels()[c * plane + i];
      }
    }
    return OpenCv.encode(form, image.height(), image.width(), channels, interleaved, option, value);
  }
}
