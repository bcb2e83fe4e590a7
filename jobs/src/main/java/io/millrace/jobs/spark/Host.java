package io.millrace.jobs.spark;

import io.millrace.pipeline.Problem;
import java.util.Optional;

/**
 * The Java and the system that Millrace runs on.
 *
 * @param java feature version, e.g. 17
 * @param system e.g. {@code Linux}
 * @param processor as Java names it, e.g. {@code amd64}
 * @param fileNames the encoding of file names and arguments
 */
public record Host(int java, String system, String processor, String fileNames) {
  private static final int JAVA = 17;

  /** Of this process. */
  public static Host current() {
    return new Host(
        Runtime.version().feature(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("sun.jnu.encoding"));
  }

  /** Why Millrace can't start here, if so. */
  public Optional<Problem> refusal() {
    if (java != JAVA) {
      return refused("it needs Java 17 and this is Java " + java + "; set JAVA_HOME to a JDK 17");
    }
    if (!system.equals("Linux")) {
      return refused("its native code is for Linux and this is " + system);
    }
    if (!processor.equals("amd64")) {
      return refused("its native code is for x86-64 processors and this is " + processor);
    }
    return Optional.empty();
  }

  private static Optional<Problem> refused(String why) {
    return Optional.of(new Problem("", "Cannot start Millrace: " + why + "."));
  }

  /** A problem if Java, whose locale is fixed at its start, can't open such a file name. */
  public Optional<Problem> unreadable(String argument) {
    boolean ascii = argument.chars().allMatch(c -> c < 128);
    if (ascii || fileNames.equals("UTF-8")) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            "",
            "Cannot take the argument '"
                + argument
                + "': in this locale Java can't open file names outside ASCII; start with"
                + " LC_ALL=C.UTF-8."));
  }
}
