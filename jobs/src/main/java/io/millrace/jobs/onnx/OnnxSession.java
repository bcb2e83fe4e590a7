package io.millrace.jobs.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.millrace.jobs.natives.OnnxLibraries;
import io.millrace.pipeline.CannotException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * A classifier that onnxruntime runs on the CPU. The only class that names the runtime's own
 * classes, so that Java looks for them only when one is opened.
 */
public final class OnnxSession implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxSession(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  static OnnxSession open(Path file, int threads) {
    OnnxLibraries.place();
    try {
      // Its warnings are about devices that it does not find; they would disturb our own lines.
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "millrace");
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(threads);
        return new OnnxSession(environment, environment.createSession(file.toString(), options));
      }
    } catch (OrtException | LinkageError e) {
      throw new CannotException("run " + file + " by onnxruntime", e.getMessage(), e);
    }
  }

  /** The runtime's version. */
  public String version() {
    return environment.getVersion();
  }

  /** The texts that the file has about itself. */
  public Map<String, String> metadata() {
    try {
      return Map.copyOf(session.getMetadata().getCustomMetadata());
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /**
   * The probabilities of pictures.
   *
   * @param pictures on the 0..1 scale, row-major, in a direct buffer of native byte order
   * @param shape of all of them, {@code [N, C, H, W]}
   * @return {@code [N, classes]}, row-major
   */
  public float[] probabilities(FloatBuffer pictures, long... shape) {
    try (OnnxTensor images = OnnxTensor.createTensor(environment, pictures, shape);
        OrtSession.Result result = session.run(Map.of(OnnxModel.IMAGES, images))) {
      OnnxTensor found = (OnnxTensor) result.get(OnnxModel.PROBABILITIES).orElseThrow();
      FloatBuffer values = found.getFloatBuffer();
      float[] probabilities = new float[values.remaining()];
      values.get(probabilities);
      return probabilities;
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private static CannotException failed(OrtException e) {
    return new CannotException("compute by onnxruntime", e.getMessage(), e);
  }
}
