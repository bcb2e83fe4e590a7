package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises in Spark's message the failure of an executor that can't run Millrace at all, since
 * its Java is older or it has another jar, and so can't report that itself.
 */
final class IncompatibleExecutor {
  // Spark: "Lost task 0.3 in stage 1.0 (TID 7) (10.0.0.5 executor 2): java.lang...".
  private static final Pattern HOST =
      Pattern.compile("\\(TID \\d+\\) \\(([^ ]+) executor [^)]+\\)");
  private static final Pattern OURS =
      Pattern.compile(
          "(ClassNotFoundException|NoClassDefFoundError|InvalidClassException|NoSuchMethodError)"
              + "[^\\n]{0,40}io[./]millrace");

  private IncompatibleExecutor() {}

  /** The sentence for a job's failure, if it is one of these. */
  static Optional<CannotException> told(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    if (text.contains("UnsupportedClassVersionError")) {
      return Optional.of(
          cannot(
              text,
              "it runs an older Java than the driver's " + Runtime.version().feature(),
              "start that worker with a JDK " + Runtime.version().feature(),
              failure));
    }
    if (OURS.matcher(text).find()) {
      return Optional.of(
          cannot(
              text,
              "it does not have the Millrace " + Version.text() + " of the driver",
              "ship the one jar (spark-submit does; else set spark.jars) and remove others from its"
                  + " class path",
              failure));
    }
    return Optional.empty();
  }

  private static CannotException cannot(
      String text, String difference, String remedy, Throwable failure) {
    Matcher host = HOST.matcher(text);
    return new CannotException(
        "work on " + (host.find() ? host.group(1) : "an executor"),
        difference + "; " + remedy,
        failure);
  }
}
