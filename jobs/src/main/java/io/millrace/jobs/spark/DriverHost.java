package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.util.Utils;

/**
 * The name that Spark uses for this machine. Spark looks it up before it reads any setting, and
 * fails if the machine's own name does not resolve, as in many containers.
 */
final class DriverHost {
  static final String KEY = "spark.driver.host";
  private static final String OF_THE_ENVIRONMENT = "SPARK_LOCAL_IP";

  private DriverHost() {}

  /**
   * Sets it if all processes are on this machine, or if it can't be looked up.
   *
   * @param given the name in the settings
   * @param environment of this process
   * @throws CannotException if executors elsewhere would have no name to reach it by
   */
  static void tell(String master, Optional<String> given, Map<String, String> environment) {
    if (environment.containsKey(OF_THE_ENVIRONMENT)) {
      // Spark uses that and looks nothing up.
      return;
    }
    if (SharedSpark.isLocal(master) || ClusterSettings.isThisMachine(master)) {
      Utils.setCustomHostname(given.orElse(SharedSpark.LOOPBACK));
      return;
    }
    try {
      InetAddress.getLocalHost();
    } catch (UnknownHostException nameless) {
      Utils.setCustomHostname(
          given.orElseThrow(
              () ->
                  new CannotException(
                      "start Spark on " + master,
                      "this machine's own name does not resolve ("
                          + nameless.getMessage().replaceAll(":.*", "")
                          + "), so that executors can't reach it; give the name a line in /etc/hosts,"
                          + " or set "
                          + KEY
                          + " to an address of this machine that they can reach",
                      nameless)));
    }
  }
}
