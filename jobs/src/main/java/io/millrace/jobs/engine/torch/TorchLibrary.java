package io.millrace.jobs.engine.torch;

import io.millrace.jobs.natives.AllocatorSettings;
import io.millrace.jobs.natives.NativeLibraries;
import io.millrace.jobs.natives.Processor;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads libtorch, once in a JVM. Nothing depends on JVM flags, since plain spark-submit passes
 * none.
 */
final class TorchLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(TorchLibrary.class);
  private static final String MAVEN = "/META-INF/maven/org.bytedeco/pytorch/pom.properties";
  private static Map<String, String> description;

  private TorchLibrary() {}

  /**
   * Loads it if it is not loaded yet.
   *
   * @return engine, version and settings, for provenance and the log
   * @throws CannotException if it does not run on this machine
   */
  static synchronized Map<String, String> load() {
    if (description == null) {
      Processor processor = Processor.checked();
      AllocatorSettings.keepLargeBlocks();
      NativeLibraries.load(TorchLibrary::link);
      NativeWork.endBeforeTheProcess();
      description = describe(processor);
      LOG.info("Engine: {}", description);
    }
    return description;
  }

  private static void link() {
    try {
      Loader.load(openblas_nolapack.class);
      Loader.load(torch.class);
    } catch (LinkageError | RuntimeException e) {
      throw new CannotException(
          "load libtorch",
          "unpacking or linking it in "
              + System.getProperty(NativeLibraries.FOLDER)
              + " failed ("
              + e
              + "); is its disk full, or mounted noexec?",
          e);
    }
  }

  private static Map<String, String> describe(Processor processor) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("engine", TorchEngine.NAME);
    facts.put("libtorch", version());
    facts.put("instruction-set", processor.instructionSet(System.getenv()));
    facts.put("max-physical-bytes", System.getProperty(NativeLibraries.MAX_PHYSICAL_BYTES));
    return Collections.unmodifiableMap(facts);
  }

  /** Of the library and its Java binding, e.g. {@code 2.10.0-1.5.13}. */
  static String version() {
    Properties maven = new Properties();
    try (InputStream file = torch.class.getResourceAsStream(MAVEN)) {
      if (file != null) {
        maven.load(file);
      }
    } catch (IOException e) {
      LOG.debug("Cannot tell libtorch's version", e);
    }
    return maven.getProperty("version", "unknown");
  }
}
