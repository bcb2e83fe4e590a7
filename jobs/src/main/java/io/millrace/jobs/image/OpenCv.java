package io.millrace.jobs.image;

import io.millrace.jobs.natives.NativeLibraries;
import io.millrace.pipeline.CannotException;
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

  static {
    NativeLibraries.load(OpenCv::start);
  }

  private static final long LEAST_BYTES = 1L << 16;

  private BytePointer file = new BytePointer(LEAST_BYTES);
  private BytePointer buffer = new BytePointer(LEAST_BYTES);
  private Mat pixels = new Mat();
  private final Transposer transposer = new Transposer();
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
    transposer.close();
  }

  Transposer transposer() {
    return transposer;
  }

  private static void start() {
    try {
      // Tasks are what runs side by side.
      opencv_core.setNumThreads(1);
      opencv_imgcodecs.haveImageReader("");
    } catch (LinkageError | RuntimeException e) {
      throw new CannotException(
          "load the picture decoders",
          "unpacking or linking OpenCV's libraries in "
              + System.getProperty(NativeLibraries.FOLDER)
              + " failed ("
              + e
              + "); is its disk full, or mounted noexec?",
          e);
    }
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
    file = atLeast(file, length);
    file.position(0).put(bytes, 0, used);
    file.position(used).put(padding, 0, padding.length);
    file.position(0);
    pixels.close();
    long room = (long) expected.height() * expected.width() * expected.channels();
    if (room > KEPT_BYTES) {
      pixels = new Mat();
    } else {
      buffer = atLeast(buffer, room);
      int type = expected.channels() == 1 ? opencv_core.CV_8UC1 : opencv_core.CV_8UC3;
      pixels = new Mat(expected.height(), expected.width(), type, buffer);
    }
    try (Mat encoded = new Mat(1, length, opencv_core.CV_8UC1, file)) {
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

  /** That memory, or other in its place, for at least so many bytes. */
  static BytePointer atLeast(BytePointer pointer, long bytes) {
    if (pointer.capacity() >= bytes) {
      return pointer;
    }
    pointer.close();
    return new BytePointer(bytes + (bytes >> 1));
  }

  private void trim() {
    if (!pixels.isNull() && !pixels.empty() && pixels.total() * pixels.elemSize() > KEPT_BYTES) {
      pixels.release();
    }
    if (file.capacity() > KEPT_BYTES) {
      file.close();
      file = new BytePointer(LEAST_BYTES);
    }
  }

  /**
   * Encodes.
   *
   * @param form with the dot: {@code ".png"}
   * @param interleaved gray or BGR
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
