package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.rdd.RDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.JavaConverters;

/**
 * Stage-level scheduling: what each task of a stage takes of an executor, where the stage asks for
 * other amounts than the session. Without dynamic allocation Spark can do so in one session on
 * standalone clusters, YARN and Kubernetes. A stage that needs other executors gets an application
 * of its own.
 */
public final class StageResources {
  private static final String CPUS = "spark.task.cpus";
  // Spark passes local properties of a thread to the jobs that it submits.
  static final String PROFILE = "millrace.resource-profile";

  private StageResources() {}

  /** Whether a stage that differs from its session in these settings alone can share it. */
  public static boolean serve(Set<String> settings) {
    return Set.of(CPUS, GpuSettings.OF_TASK).containsAll(settings);
  }

  /**
   * Sets the resources of the tasks that this thread will submit.
   *
   * @param settings of the stage
   * @throws CannotException if a task takes more than any executor has
   */
  static void note(SparkContext spark, Map<String, String> settings) {
    if (SharedSpark.isLocal(spark.master())) {
      return;
    }
    SparkConf session = spark.getConf();
    String cpus = settings.getOrDefault(CPUS, session.get(CPUS, "1"));
    Optional<String> gpus =
        Optional.ofNullable(settings.get(GpuSettings.OF_TASK)).or(() -> gpus(session));
    requireRoom(spark, cpus);
    boolean same = cpus.equals(session.get(CPUS, "1")) && gpus.equals(gpus(session));
    if (same) {
      spark.setLocalProperty(PROFILE, null);
      return;
    }
    TaskResourceRequests requests = new TaskResourceRequests().cpus(Integer.parseInt(cpus));
    gpus.filter(amount -> Double.parseDouble(amount) > 0)
        .ifPresent(amount -> requests.resource(GpuSettings.NAME, Double.parseDouble(amount)));
    ResourceProfile profile = new ResourceProfileBuilder().require(requests).build();
    spark.resourceProfileManager().addResourceProfile(profile);
    spark.setLocalProperty(PROFILE, Integer.toString(profile.id()));
  }

  /** Spark would wait for ever where no executor has as many processors as a task takes. */
  private static void requireRoom(SparkContext spark, String cpus) {
    OptionalInt most =
        JavaConverters.seqAsJavaList(spark.statusStore().executorList(true)).stream()
            .filter(executor -> !executor.id().equals(SparkContext$.MODULE$.DRIVER_IDENTIFIER()))
            .mapToInt(ExecutorSummary::totalCores)
            .max();
    if (most.isPresent() && Integer.parseInt(cpus) > most.getAsInt()) {
      throw new CannotException(
          "run on " + spark.master(),
          "a task asks for %s processors (%s), and no executor has more than %d; lower it, or let executors have more (spark.executor.cores, spark.cores.max)"
              .formatted(cpus, CPUS, most.getAsInt()));
    }
  }

  private static Optional<String> gpus(SparkConf session) {
    return Optional.ofNullable(session.get(GpuSettings.OF_TASK, null));
  }

  /**
   * The data with the resources that this thread's stage asks for, which hold for the whole step of
   * a Spark job that uses it.
   */
  public static <T> RDD<T> apply(SparkContext spark, RDD<T> data) {
    String profile = spark.getLocalProperty(PROFILE);
    return profile == null
        ? data
        : data.withResources(
            spark.resourceProfileManager().resourceProfileFromId(Integer.parseInt(profile)));
  }
}
