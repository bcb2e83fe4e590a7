package io.millrace.jobs.image.codec;

import io.millrace.jobs.natives.NativeBuffer;
import io.millrace.jobs.natives.OpenCvLibrary;
import io.millrace.jobs.natives.ThreadMemory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * OpenCV's codecs (libjpeg-turbo, libpng, libwebp), with buffers that one thread uses again and
 * again. They are strict: a picture that ends early gives nothing.
 */
final class OpenCv {
  private static final ThreadLocal<OpenCv> OF_THREAD = ThreadLocal.withInitial(OpenCv::new);

  /** Buffers beyond this are given back after each picture. */
  private static final long KEPT_BYTES = 16L << 20;

  private static final long LEAST_BYTES = 1L << 16;

  static {
    OpenCvLibrary.load();
  }

  private final NativeBuffer file = new NativeBuffer(LEAST_BYTES);
  private final NativeBuffer buffer = new NativeBuffer(LEAST_BYTES);
  private Mat pixels = new Mat();
  private boolean taken;

  static OpenCv ofThisThread() {
    return OF_THREAD.get();
  }

  private OpenCv() {
    ThreadMemory.closeLater(this::close);
  }

  private void close() {
    OF_THREAD.remove();
    file.close();
    buffer.close();
    pixels.close();
  }

  /**
   * Decodes into this thread's pixels, which the next decoding overwrites.
   *
   * @param used how many of the bytes
   * @param padding to put behind them
   * @param flags of imdecode
   * @param expected the picture's size as its header tells it: its room is used again and again,
   *     where OpenCV would ask the system for new pages for each picture
   * @return empty if that fails
   */
  Mat decode(byte[] bytes, int used, byte[] padding, int flags, Expected expected) {
    int length = used + padding.length;
    BytePointer encodedBytes = file.atLeast(length);
    encodedBytes.put(bytes, 0, used);
    encodedBytes.position(used).put(padding, 0, padding.length);
    encodedBytes.position(0);
    pixels.close();
    long room = (long) expected.height() * expected.width() * expected.channels();
    if (room > KEPT_BYTES) {
      pixels = new Mat();
    } else {
      int type = expected.channels() == 1 ? opencv_core.CV_8UC1 : opencv_core.CV_8UC3;
      pixels = new Mat(expected.height(), expected.width(), type, buffer.atLeast(room));
    }
    try (Mat encoded = new Mat(1, length, opencv_core.CV_8UC1, encodedBytes)) {
      // What could be decoded of a damaged picture stays in the pixels: the answer alone tells.
      try (Mat decoded = opencv_imgcodecs.imdecode(encoded, flags, pixels)) {
        if (decoded.isNull() || decoded.empty()) {
          pixels.release();
        }
      }
      return pixels;
    } catch (RuntimeException refused) {
      // OpenCV throws for what its decoders don't know, as for damage.
      pixels.release();
      return pixels;
    }
  }

  /** From here until {@link #free}, nothing else may be decoded on this thread. */
  void take() {
    if (taken) {
      throw new IllegalStateException("this thread's last picture is still open");
    }
    taken = true;
  }

  /** The pixels are no longer read; gives back what a large picture took. */
  void free() {
    taken = false;
    trim();
  }

  /** A picture's size before it is turned upright. */
  record Expected(int height, int width, int channels) {}

  private void trim() {
    if (!pixels.isNull() && !pixels.empty() && pixels.total() * pixels.elemSize() > KEPT_BYTES) {
      pixels.release();
    }
    file.trim(KEPT_BYTES);
  }

  /**
   * Encodes.
   *
   * @param form with the dot: {@code ".png"}
   * @param interleaved grey or BGR
   * @param options pairs of name and value
   */
  static byte[] encode(
      String form, int height, int width, int channels, byte[] interleaved, int... options) {
    ofThisThread();
    int type = channels == 1 ? opencv_core.CV_8UC1 : opencv_core.CV_8UC3;
    try (BytePointer data = new BytePointer(interleaved);
        Mat mat = new Mat(height, width, type, data);
        BytePointer out = new BytePointer();
        IntPointer parameters = new IntPointer(options)) {
      if (!opencv_imgcodecs.imencode(form, mat, out, parameters)) {
        throw new IllegalStateException("OpenCV encodes no " + form);
      }
      byte[] bytes = new byte[Math.toIntExact(out.limit())];
      out.get(bytes);
      return bytes;
    }
  }
}
