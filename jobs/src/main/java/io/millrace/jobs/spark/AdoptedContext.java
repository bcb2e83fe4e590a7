package io.millrace.jobs.spark;

import io.millrace.jobs.natives.CodecLibraries;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;

/**
 * A Spark context that was opened elsewhere, while jobs use it. Closing, on the same thread,
 * restores its former state.
 */
public final class AdoptedContext implements AutoCloseable {
  private static final String WHAT = "work in this Spark session";
  private static final String SERIALIZER = "spark.serializer";
  private static final String SPARK = "3.5.";

  /** The local properties that jobs set on their thread. */
  private static final List<String> OF_THREAD =
      List.of(
          LostExecutors.GROUP,
          "spark.job.description",
          "spark.job.interruptOnCancel",
          StageResources.PROFILE);

  private final JavaSparkContext context;
  private final LostExecutors losses;
  private final TrainingGauges gauges;
  private final Map<String, String> ofThread = new HashMap<>();

  private AdoptedContext(SparkContext live) {
    context = JavaSparkContext.fromSparkContext(live);
    OF_THREAD.forEach(key -> ofThread.put(key, live.getLocalProperty(key)));
    losses =
        SharedSpark.isLocal(live.master()) ? new LostExecutors() : LostExecutors.watch(context);
    gauges = TrainingGauges.register();
  }

  static AdoptedContext hold(SparkContext live) {
    require(live);
    CodecLibraries.load();
    return new AdoptedContext(live);
  }

  /**
   * Refuses a context in which nothing could run. Its executors are checked by their first task.
   *
   * @throws ConfigurationException if this process can't run Millrace
   * @throws CannotException if the context is stopped, or is one that jobs can't use
   */
  public static void require(SparkContext live) {
    Optional<Problem> host = Host.current().refusal();
    if (host.isPresent()) {
      throw new ConfigurationException(List.of(host.get()));
    }
    requireLive(live);
    if (!live.version().startsWith(SPARK)) {
      throw new CannotException(
          WHAT, "it is Spark " + live.version() + " and Millrace is made for " + SPARK + "x");
    }
    String java = JavaSerializer.class.getName();
    String serializer = live.getConf().get(SERIALIZER, java);
    if (!serializer.equals(java)) {
      throw new CannotException(
          WHAT,
          "its %s is %s, which can't write the results of tasks; start the session with %s = %s"
              .formatted(SERIALIZER, serializer, SERIALIZER, java));
    }
  }

  private static void requireLive(SparkContext live) {
    if (live.isStopped()) {
      throw new CannotException(WHAT, "it is stopped; open another session and use that");
    }
  }

  LostExecutors losses() {
    return losses;
  }

  /** The context, if it is not stopped. */
  JavaSparkContext live() {
    requireLive(context.sc());
    return context;
  }

  @Override
  public void close() {
    SharedSpark.release();
    LostExecutors.workForNobody();
    ofThread.forEach(context.sc()::setLocalProperty);
    if (!context.sc().isStopped()) {
      context.sc().removeSparkListener(losses);
      gauges.unregister();
    }
  }
}
