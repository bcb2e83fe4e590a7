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
 * OpenCV's codecs (libjpeg-turbo, libpng, libwebp), with buffers that each thread reuses. They are
 * strict: a picture that ends early gives nothing.
 */
final class OpenCv {
  private static final ThreadLocal<OpenCv> OF_THREAD = ThreadLocal.withInitial(OpenCv::new);

  /** Larger buffers are freed after each picture. */
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
   * @param used how many of the bytes to decode
   * @param padding bytes to append to them
   * @param flags of imdecode
   * @param expected the picture's size according to its header. Its memory is allocated here and
   *     reused, since OpenCV would allocate new pages for each picture
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
      // A damaged picture leaves some pixels too, so only the return value tells whether it
      // succeeded.
      try (Mat decoded = opencv_imgcodecs.imdecode(encoded, flags, pixels)) {
        if (decoded.isNull() || decoded.empty()) {
          pixels.release();
        }
      }
      return pixels;
    } catch (RuntimeException refused) {
      // OpenCV throws for unknown formats as it does for damage.
      pixels.release();
      return pixels;
    }
  }

  /** Reserves the pixels: until {@link #free}, nothing else may be decoded on this thread. */
  void take() {
    if (taken) {
      throw new IllegalStateException("this thread's last picture is still open");
    }
    taken = true;
  }

  /** Ends the use of the pixels and frees the memory of a large picture. */
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
        throw new IllegalStateException("OpenCV can't encode " + form);
      }
      byte[] bytes = new byte[Math.toIntExact(out.limit())];
      out.get(bytes);
      return bytes;
    }
  }
}
