package io.millrace.jobs.spark;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The archive of loaded classes (class data sharing, JEP 350) that a JVM starts from instead of
 * reading jars. Java uses it only with the jars and the Java that it was made with, and otherwise
 * starts without it.
 */
final class ClassArchive {
  private static final String FLAG = "-XX:SharedArchiveFile=";

  private ClassArchive() {}

  /** The archive that this process was started with, if any. */
  static Optional<Path> here() {
    return of(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /** The archive that Java's options name, if it is there; the last option counts. */
  static Optional<Path> of(List<String> options) {
    return options.stream()
        .filter(ClassArchive::isNamedBy)
        .reduce((earlier, later) -> later)
        .map(option -> Path.of(option.substring(FLAG.length())).toAbsolutePath())
        .filter(Files::isReadable);
  }

  /** Whether options, as text, name one already. */
  static boolean isNamedBy(String options) {
    return options.contains(FLAG);
  }

  /** The option by which another process uses it, quoted for Spark. */
  static String option(Path archive) {
    return "\"" + FLAG + archive + "\"";
  }
}
