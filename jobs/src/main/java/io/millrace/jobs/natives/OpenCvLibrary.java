package io.millrace.jobs.natives;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;

/** OpenCV's native libraries, loaded once a JVM. */
public final class OpenCvLibrary {
  private static volatile boolean loaded;

  private OpenCvLibrary() {}

  /**
   * Loads them unless they are loaded.
   *
   * @throws io.millrace.pipeline.CannotException if they can't be unpacked or linked
   */
  public static void load() {
    if (!loaded) {
      NativeLibraries.load(OpenCvLibrary::start);
    }
  }

  private static void start() {
    NativeLibraries.link(
        "load the picture decoders",
        () -> {
          // Spark's tasks run in parallel already.
          opencv_core.setNumThreads(1);
          opencv_imgcodecs.haveImageReader("");
        });
    loaded = true;
  }
}
