package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process that has succeeded.
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
   * @param folder for its output and log, and to work in
   * @param environment in addition to this process's
   * @throws io.millrace.pipeline.CannotException if its exit status is not 0, with the last line
   *     that it wrote
   */
  static Child run(String what, Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    String output = Launched.start(what, folder, environment, command).output();
    return new Child((System.nanoTime() - start) / NANOS, output);
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

  private static String lastLine(String text) {
    String stripped = text.strip();
    return stripped.substring(stripped.lastIndexOf('\n') + 1);
  }
}
