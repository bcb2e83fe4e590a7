package io.millrace.jobs.spark;

import io.millrace.jobs.natives.NativeLibraries;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a process of an application may take.
 *
 * @param name in words
 * @param heap bytes
 * @param arrays bytes of native arrays
 * @param tasks that work in it at one time, as far as it is known
 * @param heapKey what gives it more heap
 * @param arraysKey what gives it more native arrays
 */
public record ProcessMemory(
    String name, long heap, long arrays, int tasks, String heapKey, String arraysKey) {
  private static final Pattern LOCAL = Pattern.compile("local\\[(\\*|\\d+)(?:,\\s*\\d+)?]");
  private static final String CPUS = "spark.task.cpus";
  private static final String CORES = "spark.executor.cores";
  private static final String SUBMITTED = "SPARK_SUBMIT";

  /** Of this process, in which all tasks work in local mode and none on a cluster. */
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
        Boolean.getBoolean(SUBMITTED) ? "--driver-memory " : "MILLRACE_JAVA_OPTS=-Xmx",
        "a machine or container with more memory");
  }

  /** Of an executor; empty in local mode. Where it has all cores of a worker, one task is sure. */
  public static Optional<ProcessMemory> ofExecutor(JavaSparkContext spark) {
    if (SharedSpark.isLocal(spark.master())) {
      return Optional.empty();
    }
    SparkConf conf = spark.getConf();
    ExecutorMemory memory = ExecutorMemory.of(conf);
    int tasks = Math.max(1, conf.getInt(CORES, 1) / conf.getInt(CPUS, 1));
    return Optional.of(
        new ProcessMemory(
            "an executor",
            memory.heap(),
            memory.arrays(),
            tasks,
            ExecutorMemory.HEAP + "=",
            "more " + ExecutorMemory.OVERHEAD));
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
