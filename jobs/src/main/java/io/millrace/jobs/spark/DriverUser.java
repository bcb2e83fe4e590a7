package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * The user of this process if the system has only a number for it and no name, as in a container
 * that was started with {@code --user 12345}. Hadoop, and Spark with it, can't log such a user in.
 */
public final class DriverUser {
  private static final String JAVAS_NAME = "user.name";
  // Java's value if the system has no name.
  private static final String NAMELESS = "?";
  private static final String OF_HADOOP = "HADOOP_USER_NAME";
  private static final String OF_SPARK = "SPARK_USER";
  private static Optional<String> number = Optional.empty();

  private DriverUser() {}

  /**
   * Gives a user without a name the one that the environment sets, or the number. To be called
   * before the name is used.
   */
  public static void nameIfNameless() {
    if (!NAMELESS.equals(System.getProperty(JAVAS_NAME))) {
      return;
    }
    String uid = uid();
    Optional<String> told = told(System.getenv());
    System.setProperty(JAVAS_NAME, told.orElse(uid));
    UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(told.orElse(uid)));
    number = told.isPresent() ? Optional.empty() : Optional.of(uid);
  }

  private static Optional<String> told(Map<String, String> environment) {
    return Stream.of(OF_SPARK, OF_HADOOP)
        .map(environment::get)
        .filter(name -> name != null && !name.isBlank())
        .findFirst();
  }

  private static String uid() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    } catch (IOException e) {
      return "nobody";
    }
  }

  /**
   * Refuses a number in place of a name where other machines need the name.
   *
   * @throws CannotException if this user has none
   */
  static void requireName(String master) {
    requireName(master, number);
  }

  static void requireName(String master, Optional<String> number) {
    if (number.isPresent()) {
      throw new CannotException(
          "start Spark on " + master,
          "user id "
              + number.get()
              + " has no name here, and a cluster needs the name of a driver's user; the image lacks"
              + " an entry for that id in /etc/passwd: add one, or set "
              + OF_HADOOP
              + " to a name, or work on a local master");
    }
  }
}
