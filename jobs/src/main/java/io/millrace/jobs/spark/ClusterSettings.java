package io.millrace.jobs.spark;

import io.millrace.jobs.natives.CodecLibraries;
import io.millrace.jobs.natives.NativeLibraries;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * The defaults that Millrace gives Spark where executors are processes of their own; settings that
 * are given already are kept.
 */
final class ClusterSettings {
  static final String JAVA_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String LIBRARIES = "spark.executor.extraLibraryPath";
  private static final String ENVIRONMENT = "spark.executorEnv.";
  // oneDNN's limits on the instruction set: executors must have the same as the driver.
  private static final List<String> INSTRUCTION_CAPS =
      List.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA");

  private ClusterSettings() {}

  /**
   * Adds them.
   *
   * @param master not a local one
   * @param environment of this process
   */
  static void apply(SparkConf conf, String master, Map<String, String> environment) {
    // A round waits for an unresponsive executor until Spark gives it up: after 20 s, not two to
    // three minutes as by Spark's defaults.
    conf.setIfMissing("spark.network.timeout", "20s");
    conf.setIfMissing("spark.executor.heartbeatInterval", "4s");
    conf.setIfMissing("spark.network.timeoutInterval", "5s");
    conf.setIfMissing(ExecutorMemory.HEAP, "2g");
    conf.setIfMissing(ExecutorMemory.OVERHEAD, "2g");
    limitArrays(conf);
    GpuSettings.complete(conf);
    for (String cap : INSTRUCTION_CAPS) {
      Optional.ofNullable(environment.get(cap))
          .ifPresent(value -> conf.setIfMissing(ENVIRONMENT + cap, value));
    }
    if (isThisMachine(master)) {
      conf.setIfMissing(DriverHost.KEY, SharedSpark.LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", SharedSpark.LOOPBACK);
      CodecLibraries.folder().ifPresent(codecs -> shareCodecs(codecs, conf));
    }
    // spark-submit has set it to the jar that it was given.
    if (!conf.contains(AddedJars.JARS)) {
      AssembledJar.here().ifPresent(jar -> bring(jar, ClassArchive.here(), conf, master));
    }
    AddedJars.of(environment).settings(key -> conf.get(key, ""), master, false).forEach(conf::set);
  }

  /**
   * The codecs' libraries, which each executor would unpack again, and leave there when it is
   * killed.
   */
  private static void shareCodecs(Path codecs, SparkConf conf) {
    if (!conf.contains(LIBRARIES)) {
      conf.set(LIBRARIES, codecs.toString());
      String options = conf.get(JAVA_OPTIONS, "");
      conf.set(JAVA_OPTIONS, (options + " \"" + CodecLibraries.option(codecs) + "\"").strip());
    }
  }

  /**
   * Gives Millrace to executors. On this machine they can use the driver's archive of classes,
   * which halves the work of their start, but only with a class path that begins like the driver's;
   * a class path that a user has set is not changed for that.
   */
  static void bring(Path jar, Optional<Path> archive, SparkConf conf, String master) {
    String options = conf.get(JAVA_OPTIONS, "");
    if (archive.isPresent()
        && isThisMachine(master)
        && !conf.contains(AddedJars.OF_EXECUTORS)
        && !ClassArchive.isNamedBy(options)) {
      conf.set(AddedJars.OF_EXECUTORS, jar.toString());
      conf.set(JAVA_OPTIONS, (options + " " + ClassArchive.option(archive.get())).strip());
    } else {
      conf.set(AddedJars.JARS, address(jar, master));
    }
  }

  /** Several executors on one host must not each use all of its memory. */
  private static void limitArrays(SparkConf conf) {
    ExecutorMemory memory = ExecutorMemory.of(conf);
    String given = conf.get(JAVA_OPTIONS, "");
    String options =
        Stream.of(
                flag(given, NativeLibraries.MAX_BYTES, memory.arrays()),
                flag(given, NativeLibraries.MAX_PHYSICAL_BYTES, memory.whole()),
                given)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" "));
    conf.set(JAVA_OPTIONS, options);
  }

  private static String flag(String given, String property, long value) {
    return given.contains("-D" + property + "=") ? "" : "-D" + property + "=" + value;
  }

  /** Whether a standalone master listens for this machine alone, so that all workers are here. */
  static boolean isThisMachine(String master) {
    return Stream.of("spark://127.", "spark://localhost:").anyMatch(master::startsWith);
  }

  /** Executors on this machine read the jar where it is; others get it from the driver. */
  private static String address(Path jar, String master) {
    return (isThisMachine(master) ? "local:" : "file:") + jar.toUri().getRawPath();
  }
}
