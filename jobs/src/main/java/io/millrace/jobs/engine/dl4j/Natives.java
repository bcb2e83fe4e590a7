package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.engine.gpu.Gpus;
import io.millrace.jobs.natives.MavenVersion;
import io.millrace.jobs.natives.NativeArtifact;
import io.millrace.jobs.natives.NativeLibraries;
import io.millrace.jobs.natives.Processor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.config.DL4JClassLoading;
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
  private static final String LOAD = "load Deeplearning4j's native libraries";
  private static final List<NativeArtifact> ARTIFACTS =
      List.of(
          NativeArtifact.ofJavaCpp("javacpp", "libjnijavacpp.so"),
          NativeArtifact.ofJavaCpp("openblas", "libjniopenblas.so"));

  /** The jar that comes with Millrace, then others that a user may take in its place. */
  private static final List<NativeArtifact> CPU =
      Stream.of("-onednn-avx2", "-onednn-avx512", "-onednn", "").map(Natives::onCpu).toList();

  private static Map<String, String> description;

  private Natives() {}

  /**
   * Starts ND4J if it is not started yet.
   *
   * @return engine, version and settings, for provenance and the log; without the device, which
   *     differs between tasks
   * @throws io.millrace.pipeline.CannotException if it does not run on this machine
   */
  static synchronized Map<String, String> start() {
    if (description == null) {
      Processor processor = Processor.checked();
      if (Backend.here() == Backend.CUDA) {
        Gpus.checked(Backend.CODE);
      }
      NativeArtifact.require(LOAD, ARTIFACTS);
      if (Backend.here() == Backend.CPU && CPU.stream().noneMatch(NativeArtifact::isThere)) {
        NativeArtifact.require(LOAD, CPU.subList(0, 1));
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

  private static NativeArtifact onCpu(String extension) {
    String platform = "linux-x86_64" + extension;
    return new NativeArtifact(
        "org.nd4j",
        "nd4j-native",
        platform,
        "/org/nd4j/linalg/cpu/nativecpu/bindings/" + platform + "/libjnind4jcpu.so");
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
    NativeLibraries.link(
        LOAD,
        () -> {
          // One thread each for ND4J's own loops and OpenBLAS: with more, the first caller gets
          // them,
          // so that sums would depend on the other workers of this JVM. oneDNN, which takes most of
          // the
          // time, uses the calling thread's OpenMP setting.
          Nd4j.getEnvironment().setMaxThreads(1);
          Nd4j.getEnvironment().setMaxMasterThreads(1);
          Nd4j.factory().blas().setMaxThreads(1);
          // We close our native arrays ourselves; forced collections would only cost time.
          Nd4j.getMemoryManager().togglePeriodicGc(false);
        });
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

  /** Of Deeplearning4j, e.g. {@code 1.0.0-M2.1}. */
  static String version() {
    return MavenVersion.of("org.deeplearning4j", "deeplearning4j-nn");
  }
}
