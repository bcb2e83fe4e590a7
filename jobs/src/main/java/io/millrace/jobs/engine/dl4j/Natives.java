package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.natives.NativeLibraries;
import io.millrace.jobs.natives.Processor;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.deeplearning4j.config.DL4JClassLoading;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts ND4J, once in a JVM: first the settings, which its libraries read when they load; then the
 * loading, under a lock; then a check that the fast path is on. Nothing depends on JVM flags, since
 * plain spark-submit passes none; a given flag overrides a setting.
 */
final class Natives {
  private static final Logger LOG = LoggerFactory.getLogger(Natives.class);
  private static final String MAVEN =
      "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";
  private static Map<String, String> description;

  private Natives() {}

  /**
   * Starts ND4J if it is not started yet.
   *
   * @return engine, version and settings, for provenance and the log; without the device, which
   *     differs between tasks
   * @throws CannotException if it does not run on this machine
   */
  static synchronized Map<String, String> start() {
    if (description == null) {
      Processor processor = Processor.checked();
      if (Backend.here() == Backend.CUDA) {
        Gpus.checked();
      }
      NativeLibraries.load(Natives::load);
      if (Backend.here() == Backend.CPU) {
        FastPath.check();
      }
      description = describe(processor);
      LOG.info("Engine: {}", description);
    }
    return description;
  }

  private static void load() {
    // On a GPU there are no helpers, and Deeplearning4j would warn about each layer.
    setDefault(
        "org.eclipse.deeplearning4j.helpers.disable",
        Boolean.toString(Backend.here() == Backend.CUDA));
    // Deeplearning4j would write a crash dump into the current folder.
    setDefault("org.deeplearning4j.crash.reporting.enabled", "false");
    ND4JClassLoading.setNd4jClassloaderFromClass(Natives.class);
    DL4JClassLoading.setDl4jClassloaderFromClass(Natives.class);
    try {
      // One thread each for ND4J's own loops and OpenBLAS: with more, the first caller gets them,
      // so that sums would depend on the other workers of this JVM. oneDNN, which takes most of the
      // time, uses the calling thread's OpenMP setting.
      Nd4j.getEnvironment().setMaxThreads(1);
      Nd4j.getEnvironment().setMaxMasterThreads(1);
      Nd4j.factory().blas().setMaxThreads(1);
      // We close our native arrays ourselves; forced collections would only cost time.
      Nd4j.getMemoryManager().togglePeriodicGc(false);
    } catch (LinkageError | RuntimeException e) {
      throw new CannotException(
          "load Deeplearning4j's native libraries",
          "unpacking or linking them in "
              + System.getProperty(NativeLibraries.FOLDER)
              + " failed ("
              + e
              + "); is its disk full, or mounted noexec?",
          e);
    }
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
    LOG.info("{} = {}", property, System.getProperty(property));
  }

  private static Map<String, String> describe(Processor processor) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("engine", Dl4jEngine.NAME);
    facts.put("deeplearning4j", version());
    facts.put("instruction-set", processor.instructionSet(System.getenv()));
    if (Backend.here() == Backend.CPU) {
      facts.put("onednn", "on");
    }
    facts.put("max-bytes", System.getProperty(NativeLibraries.MAX_BYTES));
    facts.put("max-physical-bytes", System.getProperty(NativeLibraries.MAX_PHYSICAL_BYTES));
    return Collections.unmodifiableMap(facts);
  }

  private static String version() {
    Properties maven = new Properties();
    try (InputStream file = ComputationGraph.class.getResourceAsStream(MAVEN)) {
      if (file != null) {
        maven.load(file);
      }
    } catch (IOException e) {
      LOG.debug("Cannot tell Deeplearning4j's version", e);
    }
    return maven.getProperty("version", "unknown");
  }
}
