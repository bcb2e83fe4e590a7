package io.millrace.jobs.image.codec;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.header.BmpHeader;
import io.millrace.jobs.image.header.Bytes;
import io.millrace.jobs.image.header.FileForm;
import io.millrace.jobs.image.header.Header;
import io.millrace.jobs.image.header.JpegHeader;
import io.millrace.jobs.image.header.PngHeader;
import io.millrace.jobs.image.header.UnusableImageException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.util.Arrays;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatExpr;
import org.bytedeco.opencv.opencv_core.MatVector;

/**
 * Decodes file bytes to upright pixels of 8 bits; the only decoder.
 *
 * @param channels 1 (grey) or 3 (RGB): what every picture is converted to
 * @param background behind transparent pixels
 * @param keepTruncated whether the missing part of a JPEG that ends early is filled; otherwise it
 *     is refused
 * @param limits of a picture's size
 */
public record Decoder(int channels, Background background, boolean keepTruncated, Limits limits)
    implements Serializable {
  /**
   * Ones, put in place of the end marker of a JPEG with one scan. The decoder looks ahead by 64
   * bits and finds them. They are not a code, so a picture that has lost more than a block or two
   * fails; with the marker, it would be filled with grey.
   */
  private static final byte[] LOOKAHEAD = {-1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0};

  private static final byte[] NOTHING = {};
  private static final byte[] END_OF_JPEG = {(byte) 0xFF, (byte) 0xD9};
  private static final double SIXTEEN_TO_EIGHT = 1.0 / 256;

  /** Turns rounding to the nearest into rounding down. */
  private static final double DOWN = -127.5 / 256;

  /** Checks the number of channels. */
  public Decoder {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("a picture has 1 channel (grey) or 3 (RGB)");
    }
  }

  /**
   * Decodes a picture of a shard.
   *
   * @param bytes as stored; raw pixels are not copied
   * @throws IllegalArgumentException if the bytes are not such an image
   */
  public static Image decode(Encoding encoding, int channels, int height, int width, byte[] bytes) {
    if (encoding == Encoding.RAW) {
      return new Image(channels, height, width, bytes);
    }
    try (Decoded decoded = open(channels, height, width, bytes)) {
      return decoded.image();
    }
  }

  /**
   * Decodes a picture of a shard that is not raw pixels.
   *
   * @throws IllegalArgumentException if the bytes are not an image of that size
   */
  public static Decoded open(int channels, int height, int width, byte[] bytes) {
    Decoder decoder = new Decoder(channels, Background.WHITE, false, Limits.NONE);
    try {
      Decoded decoded = decoder.open(bytes);
      if (decoded.height() != height || decoded.width() != width) {
        decoded.close();
        throw new IllegalArgumentException(
            decoded.height() + "x" + decoded.width() + " pixels, not " + height + "x" + width);
      }
      return decoded;
    } catch (UnusableImageException | InterruptedIOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Decodes a picture file; large ones wait for memory.
   *
   * @throws UnusableImageException if it is not a complete picture within the limits
   * @throws InterruptedIOException if the thread is interrupted
   */
  public Decoded open(byte[] file) throws UnusableImageException, InterruptedIOException {
    limits.checkBytes(file.length);
    try {
      return decode(file, false);
    } catch (UnusableImageException refused) {
      if (!keepTruncated || !new Bytes(file).begins(0, 0xFF, 0xD8, 0xFF)) {
        throw refused;
      }
      byte[] repaired = Arrays.copyOf(file, file.length + END_OF_JPEG.length);
      System.arraycopy(END_OF_JPEG, 0, repaired, file.length, END_OF_JPEG.length);
      return decode(repaired, true);
    }
  }

  private Decoded decode(byte[] file, boolean repaired)
      throws UnusableImageException, InterruptedIOException {
    Header header = Header.of(file);
    limits.checkPixels(header);
    OpenCv codecs = OpenCv.ofThisThread();
    codecs.take();
    int units = 0;
    boolean opened = false;
    try {
      units = DecodeBudget.await(header);
      boolean layers = header.alpha();
      boolean gray = channels == 1 && header.gray() && !layers;
      int flags = opencv_imgcodecs.IMREAD_UNCHANGED;
      if (!layers) {
        flags =
            opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION
                | (gray ? opencv_imgcodecs.IMREAD_GRAYSCALE : opencv_imgcodecs.IMREAD_COLOR_RGB);
      }
      Mat pixels = pixels(file, header, flags, gray, repaired);
      Decoded decoded = new Decoded(header, pixels, layers, channels, background, repaired, units);
      opened = true;
      return decoded;
    } finally {
      if (!opened) {
        codecs.free();
        DecodeBudget.done(units);
      }
    }
  }

  private static Mat pixels(byte[] file, Header header, int flags, boolean gray, boolean repaired)
      throws UnusableImageException {
    if (header.form() == FileForm.BMP) {
      BmpHeader.requireWhole(new Bytes(file), header);
    }
    boolean jpeg = header.form() == FileForm.JPEG;
    int end = jpeg && !repaired ? JpegHeader.endOfOnlyScan(new Bytes(file)) : -1;
    byte[] still = header.form() == FileForm.PNG ? PngHeader.still(file) : file;
    OpenCv.Expected expected = new OpenCv.Expected(header.height(), header.width(), gray ? 1 : 3);
    Mat pixels =
        end < 0
            ? OpenCv.ofThisThread().decode(still, still.length, NOTHING, flags, expected)
            : OpenCv.ofThisThread().decode(file, end, LOOKAHEAD, flags, expected);
    if (pixels.isNull() || pixels.empty()) {
      // A picture that begins well but can't be decoded completely has nearly always lost its end.
      throw jpeg ? UnusableImageException.endsEarly() : UnusableImageException.damaged();
    }
    if (pixels.rows() != header.height() || pixels.cols() != header.width()) {
      throw UnusableImageException.damaged();
    }
    if (header.alpha() && pixels.channels() == 1) {
      addAlpha(pixels, PngHeader.clearGray(file));
    }
    toEightBits(pixels);
    return pixels;
  }

  /** OpenCV ignores the transparency of grey pictures. */
  private static void addAlpha(Mat pixels, int clearGray) {
    try (MatExpr seen = opencv_core.notEquals(pixels, clearGray);
        Mat alpha = seen.asMat()) {
      toEightBits(pixels);
      try (MatVector layers = new MatVector(pixels, pixels, pixels, alpha)) {
        opencv_core.merge(layers, pixels);
      }
    }
  }

  private static void toEightBits(Mat pixels) {
    if (pixels.depth() != opencv_core.CV_8U) {
      pixels.convertTo(pixels, opencv_core.CV_8U, SIXTEEN_TO_EIGHT, DOWN);
    }
  }
}
