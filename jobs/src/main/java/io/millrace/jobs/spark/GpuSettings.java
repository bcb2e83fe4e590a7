package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.spec.SettingsCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import scala.Tuple2;

/** GPUs in Spark's resource scheduling: the number for each executor and each task. */
public final class GpuSettings {
  static final String OF_TASK = "spark.task.resource.gpu.amount";
  static final String OF_EXECUTOR = "spark.executor.resource.gpu.amount";
  private static final String PLUGIN = "spark.resources.discoveryPlugin";
  private static final String DISCOVERY = "spark.executor.resource.gpu.discoveryScript";
  private static final String MASTER = "spark.master";
  static final String NAME = "gpu";
  private static final String ONE = "1";

  private GpuSettings() {}

  /**
   * Finds settings under which Spark would wait for ever, or not start.
   *
   * @param given settings of the command line, which override a stage's own
   */
  public static SettingsCheck check(Map<String, String> given) {
    return stage -> {
      Map<String, String> settings = new HashMap<>(stage);
      settings.putAll(given);
      return problems(settings);
    };
  }

  static List<String> problems(Map<String, String> settings) {
    List<String> problems = new ArrayList<>();
    // spark-submit passes its master in a system property.
    String master = System.getProperty(MASTER, settings.getOrDefault(MASTER, "local"));
    boolean local = SharedSpark.isLocal(master);
    for (String key : List.of(OF_EXECUTOR, OF_TASK)) {
      if (local && settings.containsKey(key)) {
        problems.add(
            key
                + " = "
                + settings.get(key)
                + " asks for GPUs, which Spark assigns only on a cluster: in local mode it"
                + " would wait for ever; use --master spark://HOST:PORT (sbin/start-cluster.sh"
                + " --gpus all starts one here) or leave the key out");
      }
    }
    boolean standalone = master.startsWith(StandaloneMaster.SCHEME);
    if (!local
        && !standalone
        && settings.containsKey(OF_EXECUTOR)
        && !settings.containsKey(DISCOVERY)
        && !settings.containsKey(PLUGIN)) {
      problems.add(
          "%s = %s asks for GPUs, and on %s an executor finds its own by a script; set %s to the path of sbin/discover-gpus.sh on the executors' machines"
              .formatted(OF_EXECUTOR, settings.get(OF_EXECUTOR), master, DISCOVERY));
    }
    if (settings.containsKey(OF_TASK) && !settings.containsKey(OF_EXECUTOR)) {
      problems.add(
          "%s = %s asks for GPUs of an executor that has none; set %s, too"
              .formatted(OF_TASK, settings.get(OF_TASK), OF_EXECUTOR));
    }
    problems.addAll(amount(settings, OF_EXECUTOR, "\\d{1,4}", "a whole number"));
    problems.addAll(
        amount(settings, OF_TASK, "\\d{1,4}|0?\\.\\d{1,9}", "a whole number or a share"));
    return problems;
  }

  private static List<String> amount(
      Map<String, String> settings, String key, String form, String inWords) {
    String given = settings.getOrDefault(key, ONE);
    return given.matches(form)
        ? List.of()
        : List.of("%s = %s can't be used: write %s of GPUs".formatted(key, given, inWords));
  }

  /**
   * For settings that were not checked before: those of a job by flags, or a site's defaults.
   *
   * @throws CannotException if Spark would wait for ever with this, or not start
   */
  static void check(SparkConf conf) {
    Map<String, String> settings = new HashMap<>();
    for (Tuple2<String, String> setting : conf.getAll()) {
      settings.put(setting._1, setting._2);
    }
    List<String> problems = problems(settings);
    if (!problems.isEmpty()) {
      throw new CannotException("start Spark", problems.get(0));
    }
  }

  /** Whether these settings ask for GPUs. */
  public static boolean ask(Map<String, String> settings) {
    return settings.containsKey(OF_EXECUTOR);
  }

  /** Gives each task one GPU if only the executors' number is set. */
  static void complete(SparkConf conf) {
    if (conf.contains(OF_EXECUTOR)) {
      conf.setIfMissing(OF_TASK, ONE);
    }
  }

  /** GPUs that an executor asks for. */
  static int ofExecutor(SparkConf conf) {
    return conf.getInt(OF_EXECUTOR, 0);
  }

  /** The address of the GPU that Spark has assigned to the task on this thread, if any. */
  public static Optional<String> addressOfTask() {
    return Optional.ofNullable(TaskContext.get())
        .map(task -> task.resourcesJMap().get(NAME))
        .map(ResourceInformation::addresses)
        .filter(addresses -> addresses.length > 0)
        .map(addresses -> addresses[0]);
  }

  /** Whether this executor has one GPU, so that all its tasks have the same. */
  public static boolean oneOfExecutor() {
    return SharedSpark.told()
        .map(conf -> conf.get(OF_EXECUTOR, ""))
        .filter(ONE::equals)
        .isPresent();
  }

  /** The number of the task on this thread among those of its job, 0 where there is none. */
  public static int numberOfTask() {
    TaskContext task = TaskContext.get();
    return task == null ? 0 : task.partitionId();
  }
}
