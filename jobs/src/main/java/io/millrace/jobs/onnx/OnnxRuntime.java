package io.millrace.jobs.onnx;

import java.nio.file.Path;

/**
 * Microsoft's onnxruntime, which runs ONNX files. It is no part of Millrace: a user who wants it
 * puts it on the class path.
 */
public final class OnnxRuntime {
  private static final String MAIN_CLASS = "/ai/onnxruntime/OrtEnvironment.class";

  /** How a user adds it. */
  public static final String HOW_TO_ADD =
      "it is not on the class path; get it with 'mvn dependency:copy"
          + " -Dartifact=com.microsoft.onnxruntime:onnxruntime:1.28.0 -DoutputDirectory=lib' and start"
          + " with MILLRACE_CLASSPATH='lib/*'";

  private OnnxRuntime() {}

  /** Whether it is on the class path. Loads nothing of it. */
  public static boolean isPresent() {
    return OnnxRuntime.class.getResource(MAIN_CLASS) != null;
  }

  /**
   * Opens a file; to be called only where the runtime {@linkplain #isPresent is present}.
   *
   * @param threads that a run may use
   * @throws io.millrace.pipeline.CannotException if the runtime refuses it, or does not run here
   */
  public static OnnxSession open(Path file, int threads) {
    return OnnxSession.open(file, threads);
  }
}
