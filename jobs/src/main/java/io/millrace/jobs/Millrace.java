package io.millrace.jobs;

import io.millrace.jobs.cli.CommandLineDoor;
import io.millrace.jobs.session.MillraceSession;
import io.millrace.jobs.spark.DriverUser;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.terminal.StandardOutput;
import org.apache.spark.sql.SparkSession;
import org.apiguardian.api.API;

/**
 * Where everybody begins: the one main, {@code millrace run FILE}, {@code millrace ingest ...} (see
 * {@code --help}), and {@link #on} for programs.
 */
@API(status = API.Status.STABLE)
public final class Millrace {
  private Millrace() {}

  /**
   * Millrace in a live Spark session, for programs and shells; the session is never stopped.
   *
   * @throws io.millrace.pipeline.CannotException if nothing can run in this session, in a sentence
   *     that says why
   * @throws io.millrace.pipeline.ConfigurationException if this process is another Java than 17 or
   *     no Linux on x86-64
   */
  public static MillraceSession on(SparkSession spark) {
    return MillraceSession.on(spark);
  }

  /**
   * Does what the arguments say and ends the JVM with 0, with 2 for what the command line and the
   * configuration alone show to be wrong, or with 1 for a run that failed.
   */
  public static void main(String[] args) {
    int status;
    System.setOut(StandardOutput.ofProcess());
    DriverUser.nameIfNameless();
    try {
      status = CommandLineDoor.open(System.out, System.err).run(args);
    } finally {
      SharedSpark.stop();
    }
    if (status == 0 && isDriverOnYarn()) {
      // YARN takes a driver that exits by itself for a failed one.
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
