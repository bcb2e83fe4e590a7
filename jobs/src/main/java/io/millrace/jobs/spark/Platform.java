package io.millrace.jobs.spark;

import io.millrace.jobs.natives.Processor;
import io.millrace.pipeline.CannotException;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.SparkEnv;

/**
 * What all processes of a run must have in common, so that results do not depend on where a task
 * runs.
 *
 * @param java feature version, e.g. 17
 * @param millrace version
 * @param instructionSet that network passes use, after the limit of {@code ONEDNN_MAX_CPU_ISA}: it
 *     decides how sums are rounded
 */
public record Platform(int java, String millrace, String instructionSet) implements Serializable {
  private static final class Here {
    static final Platform PLATFORM =
        new Platform(
            Runtime.version().feature(),
            Version.text(),
            Processor.ofThisMachine().instructionSet(System.getenv()));
  }

  /** Of this process. */
  public static Platform here() {
    return Here.PLATFORM;
  }

  /**
   * Why an executor can't work for a driver on this platform, if so.
   *
   * @param other the executor's
   * @param host the executor's
   */
  Optional<CannotException> refusal(Platform other, String host) {
    if (other.java != java) {
      return refused(
          host,
          "it runs Java " + other.java + " and the driver Java " + java,
          "start that worker with a JDK " + java);
    }
    if (!other.millrace.equals(millrace)) {
      return refused(
          host,
          "it has Millrace " + other.millrace + " and the driver " + millrace,
          "remove the other jar from its class path (spark.executor.extraClassPath, spark.jars)");
    }
    if (!other.instructionSet.equals(instructionSet)) {
      return refused(
          host,
          "it computes with " + other.instructionSet + " and the driver with " + instructionSet,
          "set ONEDNN_MAX_CPU_ISA=AVX2 where the driver starts, which caps all of them, or leave that host out");
    }
    return Optional.empty();
  }

  /** The same for the executor that this process is. */
  public Optional<CannotException> refusalHere() {
    return refusal(here(), SparkEnv.get().blockManager().blockManagerId().host());
  }

  private static Optional<CannotException> refused(String host, String difference, String remedy) {
    return Optional.of(
        new CannotException(
            "work on " + host,
            difference + ", so that results would depend on where a task runs; " + remedy));
  }
}
