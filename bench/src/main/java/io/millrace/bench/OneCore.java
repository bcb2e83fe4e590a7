package io.millrace.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Restricts a child process to one core, the same for ours and for the reference. */
final class OneCore {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String ALLOWED = "Cpus_allowed_list:";

  private OneCore() {}

  /** The words before the command; none if there is no {@code taskset}. */
  static List<String> before() throws IOException {
    boolean there =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
    return there ? List.of("taskset", "-c", last()) : List.of();
  }

  /** The last core that this process may use: interrupts mostly go to the first. */
  private static String last() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(ALLOWED))
        .map(line -> line.substring(ALLOWED.length()).strip().replaceAll(".*[-,]", ""))
        .findFirst()
        .orElse("0");
  }
}
