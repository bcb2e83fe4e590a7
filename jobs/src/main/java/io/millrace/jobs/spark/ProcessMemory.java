package io.millrace.jobs.spark;

import io.millrace.jobs.natives.NativeLibraries;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The memory that a process of an application may use.
 *
 * @param name in words
 * @param heap bytes
 * @param arrays bytes of native arrays
 * @param tasks that run in it at the same time, as far as is known
 * @param heapKey the setting that gives it more heap
 * @param arraysKey the setting that gives it more native arrays
 */
public record ProcessMemory(
    String name, long heap, long arrays, int tasks, String heapKey, String arraysKey) {
  private static final Pattern LOCAL = Pattern.compile("local\\[(\\*|\\d+)(?:,\\s*\\d+)?]");
  private static final String CPUS = "spark.task.cpus";
  private static final String CORES = "spark.executor.cores";
  private static final Pattern ARRAYS =
      Pattern.compile("-D" + Pattern.quote(NativeLibraries.MAX_BYTES) + "=([1-9]\\d{0,17})(?!\\w)");

  /** The memory of this process, which runs all tasks in local mode and none on a cluster. */
  public static ProcessMemory ofDriver(JavaSparkContext spark) {
    int tasks =
        SharedSpark.isLocal(spark.master())
            ? Math.max(1, threads(spark.master()) / spark.getConf().getInt(CPUS, 1))
            : 0;
    return new ProcessMemory(
        "the driver",
        Runtime.getRuntime().maxMemory(),
        NativeLibraries.maxBytes(),
        tasks,
        SharedSpark.isSubmitted() ? "--driver-memory " : "MILLRACE_JAVA_OPTS=-Xmx",
        "a machine or container with more memory");
  }

  /**
   * The memory of an executor; empty in local mode. If it takes all cores of a worker, one task is
   * assumed.
   *
   * @param settings of the stage, which may ask for more of each task than the session does
   */
  public static Optional<ProcessMemory> ofExecutor(
      JavaSparkContext spark, Map<String, String> settings) {
    if (SharedSpark.isLocal(spark.master())) {
      return Optional.empty();
    }
    SparkConf conf = spark.getConf();
    ExecutorMemory memory = ExecutorMemory.of(conf);
    return Optional.of(
        new ProcessMemory(
            "an executor",
            memory.heap(),
            arrays(conf.get(ClusterSettings.JAVA_OPTIONS, "")),
            tasks(conf, settings),
            ExecutorMemory.HEAP + "=",
            "more " + ExecutorMemory.OVERHEAD));
  }

  static int tasks(SparkConf conf, Map<String, String> settings) {
    double tasks = conf.getInt(CORES, 1) / Double.parseDouble(of(CPUS, conf, settings));
    int gpus = GpuSettings.ofExecutor(conf);
    double gpusOfTask = Double.parseDouble(of(GpuSettings.OF_TASK, conf, settings));
    if (gpus > 0 && gpusOfTask > 0) {
      tasks = Math.min(tasks, gpus / gpusOfTask);
    }
    return (int) Math.max(1, tasks);
  }

  private static String of(String key, SparkConf conf, Map<String, String> settings) {
    return settings.getOrDefault(key, conf.get(key, "1"));
  }

  /** The limit in an executor's Java options; no limit without them. */
  static long arrays(String options) {
    Matcher limit = ARRAYS.matcher(options);
    return limit.find() ? Long.parseLong(limit.group(1)) : Long.MAX_VALUE;
  }

  static int threads(String master) {
    Matcher given = LOCAL.matcher(master);
    if (!given.matches()) {
      return 1;
    }
    return given.group(1).equals("*")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(given.group(1));
  }
}
