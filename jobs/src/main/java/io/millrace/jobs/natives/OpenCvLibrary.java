package io.millrace.jobs.natives;

import io.millrace.pipeline.CannotException;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;

/** OpenCV's native libraries, loaded once a JVM. */
public final class OpenCvLibrary {
  private static volatile boolean loaded;

  private OpenCvLibrary() {}

  /**
   * Loads them unless they are loaded.
   *
   * @throws CannotException if they can't be unpacked or linked
   */
  public static void load() {
    if (!loaded) {
      NativeLibraries.load(OpenCvLibrary::start);
    }
  }

  private static void start() {
    try {
      // Spark's tasks run in parallel already.
      opencv_core.setNumThreads(1);
      opencv_imgcodecs.haveImageReader("");
      loaded = true;
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
}
