package io.millrace.pipeline.run;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.history.RunFiles;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StorageFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/** Makes sentences about what a job threw. */
final class Failure {
  private Failure() {}

  /**
   * One sentence that tells the user what to do.
   *
   * @param space the bytes that the stage was estimated to need
   * @param runFolder with the stack trace
   */
  static String sentence(
      StageSpec stage, String workspace, OptionalLong space, URI runFolder, Throwable failure) {
    if (isInterruption(failure)) {
      return stopped(failure.getMessage());
    }
    if (failure instanceof CannotException || failure instanceof ConfigurationException) {
      return failure.getMessage();
    }
    if (StorageFailure.isDiskFull(failure)) {
      String what = "write the result of stage " + stage.name();
      return StorageFailure.cannot(what, workspace, space, failure).getMessage();
    }
    return "Cannot run stage "
        + stage.name()
        + ": "
        + brief(failure)
        + "; the stack trace is in "
        + Places.text(runFolder)
        + "/"
        + RunFiles.EVENTS;
  }

  /** Whether work ended because it was interrupted. */
  static boolean isInterruption(Throwable failure) {
    return failure instanceof InterruptedException || failure instanceof CancellationException;
  }

  /**
   * @param kept what is done, according to the stopped job; null if it does not say
   */
  private static String stopped(String kept) {
    String what = kept == null || kept.isBlank() ? "" : ": " + kept;
    return "Stopped" + what + "; run the same command again to continue";
  }

  static String brief(Throwable failure) {
    String kind = failure.getClass().getSimpleName();
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? kind
        : kind + ": " + message.strip().lines().findFirst().orElse("");
  }

  static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
