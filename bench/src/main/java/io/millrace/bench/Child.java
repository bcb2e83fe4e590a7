package io.millrace.bench;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A process that has ended well.
 *
 * @param seconds of wall time, from before its start until after its end
 * @param output what it wrote to standard output
 */
record Child(double seconds, String output) {
  private static final double NANOS = 1e9;

  /**
   * Runs a command to its end.
   *
   * @param what it does, for the error
   * @param folder for its output and log
   * @param environment in addition to this process's
   * @throws CannotException if its exit status is not 0, with the last line that it wrote
   */
  static Child run(String what, Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "run", ".out");
    Path log = Files.createTempFile(folder, "run", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(log.toFile());
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    // Ctrl-C must not leave a training behind.
    Thread killer = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(killer);
    int status = process.waitFor();
    double seconds = (System.nanoTime() - start) / NANOS;
    Runtime.getRuntime().removeShutdownHook(killer);
    String text = Files.readString(output, StandardCharsets.UTF_8);
    if (status != 0) {
      String said = Files.readString(log, StandardCharsets.UTF_8);
      throw new CannotException(
          what,
          "its exit status is %d; it said: %s"
              .formatted(status, lastLine(reason(said.isBlank() ? text : said))));
    }
    return new Child(seconds, text);
  }

  /** Its last line as a number. */
  double figure() {
    return Double.parseDouble(lastLine(output));
  }

  /** Its lines, without the last. */
  List<String> words() {
    List<String> lines = output.strip().lines().toList();
    return lines.subList(0, lines.size() - 1);
  }

  /** What was said without the lines of a stack trace. */
  private static String reason(String said) {
    return said.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("\t"))
        .collect(Collectors.joining("\n"));
  }

  private static String lastLine(String text) {
    String stripped = text.strip();
    return stripped.substring(stripped.lastIndexOf('\n') + 1);
  }
}
