package io.millrace.jobs;

import io.millrace.jobs.cli.CommandLineDoor;
import io.millrace.jobs.session.MillraceSession;
import io.millrace.jobs.spark.DriverUser;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.terminal.StandardOutput;
import org.apache.spark.sql.SparkSession;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry points: the main method for {@code millrace run FILE}, {@code millrace ingest ...} (see
 * {@code --help}), and {@link #on} for programs.
 */
@API(status = API.Status.STABLE)
public final class Millrace {
  private static final Logger LOG = LoggerFactory.getLogger(Millrace.class);

  private Millrace() {}

  /**
   * Millrace in a live Spark session, for programs and shells; the session is never stopped.
   *
   * @throws io.millrace.pipeline.CannotException if nothing can run in this session; the message
   *     says why
   * @throws io.millrace.pipeline.ConfigurationException if this process is not Java 17 on Linux on
   *     x86-64
   */
  public static MillraceSession on(SparkSession spark) {
    return MillraceSession.on(spark);
  }

  /**
   * Runs the command and ends the JVM with 0, with 2 for a mistake on the command line or in the
   * configuration, or with 1 for a run that failed.
   */
  public static void main(String[] args) {
    int status;
    System.setOut(StandardOutput.ofProcess());
    DriverUser.nameIfNameless();
    // A thread of Spark that ends with an error while a run is stopped must not bury the run's own
    // sentence under its stack trace; Spark's log has it.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> LOG.error("Thread {} ended with an error", thread.getName(), e));
    try {
      status = CommandLineDoor.open(System.out, System.err).run(args);
    } finally {
      SharedSpark.stop();
    }
    if (status == 0 && isDriverOnYarn()) {
      // YARN takes a driver that calls System.exit for a failed one.
      return;
    }
    // Threads of Spark and of native code must not keep a finished command alive.
    System.exit(status);
  }

  private static boolean isDriverOnYarn() {
    return "yarn".equals(System.getProperty("spark.master"))
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }
}
