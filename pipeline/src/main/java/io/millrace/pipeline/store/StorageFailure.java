package io.millrace.pipeline.store;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.util.VersionInfo;

/** Turns errors of the operating system and Hadoop into sentences that tell the user what to do. */
public final class StorageFailure {
  private static final String[] FULL = {"No space left on device", "Disk quota exceeded"};

  private StorageFailure() {}

  /**
   * @param what what could not be done, e.g. {@code "write to the workspace work/x"}
   * @param place where, as shown to the user
   * @param needed the bytes that would be needed, if known
   */
  public static CannotException cannot(
      String what, String place, OptionalLong needed, Throwable failure) {
    return new CannotException(what, why(place, needed, failure), failure);
  }

  public static CannotException cannot(String what, String place, Throwable failure) {
    return cannot(what, place, OptionalLong.empty(), failure);
  }

  /** Whether a full disk is the cause. */
  public static boolean isDiskFull(Throwable failure) {
    // Spark passes on a task's failure as text, so the message is checked.
    return any(
        failure,
        t -> {
          for (String sign : FULL) {
            if (t.getMessage() != null && t.getMessage().contains(sign)) {
              return true;
            }
          }
          return false;
        });
  }

  /**
   * Whether Hadoop's module for a scheme is missing.
   *
   * @return what to do; empty if it is not missing
   */
  public static Optional<String> withoutModule(String scheme, Throwable failure) {
    boolean absent =
        any(
            failure,
            t ->
                t instanceof ClassNotFoundException
                    // Compared by name, so that a local run never loads Hadoop.
                    || t.getClass().getSimpleName().equals("UnsupportedFileSystemException"));
    return absent
        ? Optional.of(
            "no file system for " + scheme + ":// is on the class path; " + whatToAdd(scheme))
        : Optional.empty();
  }

  private static String whatToAdd(String scheme) {
    return scheme.equals("s3a")
        ? "start with MILLRACE_CLASSPATH='DIR/*', where DIR has hadoop-aws "
            + VersionInfo.getVersion()
            + " and the SDK that it needs, or use spark-submit with --packages"
            + " org.apache.hadoop:hadoop-aws:"
            + VersionInfo.getVersion()
        : "add Hadoop's module for it with MILLRACE_CLASSPATH";
  }

  private static String why(String place, OptionalLong needed, Throwable failure) {
    if (isDiskFull(failure)) {
      String amount = needed.isPresent() ? Amounts.bytes(needed.getAsLong()) : "space";
      return "the disk holding "
          + place
          + " is full; free "
          + amount
          + " or choose another workspace";
    }
    if (any(failure, StorageFailure::isDenied)) {
      return "permission denied to user "
          + System.getProperty("user.name")
          + at(failure)
          + "; change its permissions or choose another place";
    }
    if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
      return "there is no file or folder " + place;
    }
    if (any(failure, t -> t.getClass().getSimpleName().equals("UnknownStoreException"))) {
      return "there is no such bucket; make it first";
    }
    if (failure instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason() + at(failure);
    }
    Optional<String> withoutModule =
        withoutModule(place.substring(0, Math.max(0, place.indexOf("://"))), failure);
    if (withoutModule.isPresent()) {
      return withoutModule.get();
    }
    String message = failure.getMessage();
    String kind = failure.getClass().getSimpleName();
    return message == null ? kind : kind + ": " + message.lines().findFirst().orElse("");
  }

  private static String at(Throwable failure) {
    return failure instanceof FileSystemException f && f.getFile() != null
        ? " at " + f.getFile()
        : "";
  }

  private static boolean isDenied(Throwable failure) {
    return failure instanceof AccessDeniedException
        // Compared by name, so that a local run never loads Hadoop.
        || failure.getClass().getSimpleName().equals("AccessControlException")
        || (failure.getMessage() != null && failure.getMessage().contains("Permission denied"));
  }

  private interface Test {
    boolean holds(Throwable failure);
  }

  private static boolean any(Throwable failure, Test test) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 50; t = t.getCause(), depth++) {
      if (test.holds(t)) {
        return true;
      }
    }
    return false;
  }
}
