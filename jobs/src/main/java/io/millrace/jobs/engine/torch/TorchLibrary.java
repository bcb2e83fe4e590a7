package io.millrace.jobs.engine.torch;

import io.millrace.jobs.natives.AllocatorSettings;
import io.millrace.jobs.natives.MavenVersion;
import io.millrace.jobs.natives.NativeArtifact;
import io.millrace.jobs.natives.NativeLibraries;
import io.millrace.jobs.natives.Processor;
import io.millrace.pipeline.CannotException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final String LOAD = "load libtorch";
  private static final List<NativeArtifact> ARTIFACTS =
      List.of(
          NativeArtifact.ofJavaCpp("javacpp", "libjnijavacpp.so"),
          NativeArtifact.ofJavaCpp("openblas", "libjniopenblas_nolapack.so"));
  private static final NativeArtifact ON_CPU =
      NativeArtifact.ofJavaCpp("pytorch", "libjnitorch.so");
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
      NativeArtifact.require(LOAD, ARTIFACTS);
      if (TorchCuda.isHere()) {
        TorchCuda.checked();
      } else {
        NativeArtifact.require(LOAD, List.of(ON_CPU));
      }
      NativeLibraries.load(TorchLibrary::link);
      NativeWork.endBeforeTheProcess();
      description = describe(processor);
      LOG.info("Engine: {}", description);
    }
    return description;
  }

  private static void link() {
    AllocatorSettings.keepLargeBlocks();
    AllocatorSettings.largePages();
    TorchCuda.loadNeeded(LOAD);
    NativeLibraries.link(
        LOAD,
        () -> {
          Loader.load(openblas_nolapack.class);
          Loader.load(torch.class);
          TorchCuda.loadKernels();
        });
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
    return MavenVersion.of("org.bytedeco", "pytorch");
  }
}
