package io.millrace.jobs.natives;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native code of onnxruntime, where a user has put that on the class path. By itself it would
 * unpack a copy into the temporary folder in every process, and leave a folder there. Instead one
 * copy is kept beside the other native libraries. Where that fails, it does it its own way.
 */
public final class OnnxLibraries {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxLibraries.class);
  private static final String PATH = "onnxruntime.native.path";
  private static final String MAIN = "libonnxruntime.so";
  private static final String BRIDGE = "libonnxruntime4j_jni.so";
  private static final String PACKED = "/ai/onnxruntime/native/linux-x64/";

  private OnnxLibraries() {}

  /** Says to onnxruntime where its libraries are; to be called before its first use. */
  public static synchronized void place() {
    if (System.getProperty(PATH) != null) {
      return;
    }
    Path preferred = NativeFolder.preferred(System.getenv(), System.getProperty("user.home"));
    try {
      NativeFolder.locked(preferred, OnnxLibraries::placeIn);
    } catch (CannotException e) {
      LOG.warn("onnxruntime's libraries are unpacked to the temporary folder: {}", e.getMessage());
    }
  }

  private static void placeIn(Path natives) {
    try {
      URL main = OnnxLibraries.class.getResource(PACKED + MAIN);
      if (main == null) {
        throw new IOException("there is no " + PACKED + MAIN);
      }
      // The length tells one version from another.
      String length = Long.toString(main.openConnection().getContentLengthLong());
      Path own = natives.resolve("onnxruntime").resolve(length);
      UnpackedFiles.write(own, Map.of(MAIN, PACKED + MAIN, BRIDGE, PACKED + BRIDGE));
      System.setProperty(PATH, own.toString());
    } catch (IOException e) {
      LOG.warn(
          "onnxruntime's libraries are unpacked to the temporary folder, not to {}", natives, e);
    }
  }
}
